internal import Glibc
internal import NIOCore

/// A system error in the system's own words, without the names of our functions.
struct IOErrorText {
  let text: String

  init(_ error: IOError) {
    text = error.errnoCode == 0 ? "closed" : String(cString: strerror(error.errnoCode)).lowercased()
  }
}
