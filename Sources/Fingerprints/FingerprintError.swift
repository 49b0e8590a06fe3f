internal import Glibc

/// Why code could not be indexed, or an index not be used: what, where, why, and what to do about it.
package struct FingerprintError: Error, Sendable, Hashable, CustomStringConvertible {
  package let code: Code
  package let place: String
  package let sentence: String
  package let remedy: String

  package init(_ code: Code, at place: String, _ sentence: String, remedy: String) {
    self.code = code
    self.place = place
    self.sentence = sentence
    self.remedy = remedy
  }

  /// Says who is to blame.
  package enum Code: String, Sendable, Hashable {
    /// What was named is not there, or cannot be read.
    case missing
    /// An index is damaged, of another version, or made with another key.
    case damaged
    /// An index cannot be written.
    case state
    /// There is more than is indexed.
    case tooLarge = "too-large"
  }

  package var description: String { "\(place): \(sentence) \(remedy)" }

  static func missing(_ path: String, _ cause: CInt) -> FingerprintError {
    FingerprintError(
      .missing, at: path, "cannot be read: \(String(cString: strerror(cause))).",
      remedy: "Name a directory or file that is there.")
  }

  static func tooLarge(_ root: String) -> FingerprintError {
    FingerprintError(
      .tooLarge, at: root, "has more code than one index holds, some three gigabytes, and was not indexed.",
      remedy: "Index its parts one by one.")
  }

  static func state(_ path: String, _ cause: CInt) -> FingerprintError {
    FingerprintError(
      .state, at: path, "cannot be written: \(String(cString: strerror(cause))).",
      remedy: "Make it yours to read and write, with room on its disk.")
  }
}
