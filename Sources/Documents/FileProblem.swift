internal import Glibc

/// Why a named file could not be read: its namer's or its owner's mistake.
package struct FileProblem: Error, Sendable, Hashable {
  package let code: Code
  package let path: String
  /// What follows the path in a sentence, without a full stop: `is larger than 10 bytes`.
  package let sentence: String

  package enum Code: Sendable, Hashable {
    case missing
    /// A directory, a pipe, a device.
    case notRegular
    case tooLarge
    case notText
    case unreadable
  }

  init(_ code: Code, _ path: String, _ sentence: String) {
    self.code = code
    self.path = path
    self.sentence = sentence
  }

  init(_ path: String, opening cause: CInt) {
    switch cause {
    case ENOENT, ENOTDIR: self.init(.missing, path, "is not there")
    // open(2): a socket.
    case ENXIO: self.init(.notRegular, path, "is no regular file, but a pipe, a socket or a device")
    default: self.init(path, reading: cause)
    }
  }

  init(_ path: String, reading cause: CInt) {
    self.init(.unreadable, path, "cannot be read: \(String(cString: strerror(cause)))")
  }
}
