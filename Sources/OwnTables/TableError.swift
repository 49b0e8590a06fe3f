internal import Glibc

/// Why a table could not be indexed, or an index not be used: what, where, why, and what to do about it.
package struct TableError: Error, Sendable, Hashable, CustomStringConvertible {
  package let code: Code
  package let place: String
  package let sentence: String
  package let remedy: String

  init(_ code: Code, at place: String, _ sentence: String, remedy: String) {
    (self.code, self.place, self.sentence, self.remedy) = (code, place, sentence, remedy)
  }

  /// Says who is to blame.
  package enum Code: String, Sendable, Hashable {
    /// What was named is not there, is more than one, or cannot be read.
    case missing
    /// It is no table, or has not the columns that were named.
    case malformed
    /// An index is damaged, of another version, or made with another key.
    case damaged
    /// An index cannot be written.
    case state
  }

  package var description: String { "\(place): \(sentence) \(remedy)" }

  static func missing(_ path: String, _ cause: CInt) -> TableError {
    TableError(
      .missing, at: path, "cannot be read: \(String(cString: strerror(cause))).", remedy: "Name a file that is there.")
  }

  static func state(_ path: String, _ cause: CInt) -> TableError {
    TableError(
      .state, at: path, "cannot be written: \(String(cString: strerror(cause))).",
      remedy: "Make it yours to read and write, with room on its disk.")
  }

  static func damaged(_ path: String) -> TableError {
    TableError(
      .damaged, at: path, "is damaged, of another version, or was made with another key, and is not used.",
      remedy: "Run sallyport index --table again on the table that it was made of, or remove the file.")
  }
}
