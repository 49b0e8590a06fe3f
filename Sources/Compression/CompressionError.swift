/// Why bytes could not be compressed or decompressed.
package struct CompressionError: Error, Hashable, CustomStringConvertible {
  package let code: Code
  package let coding: ContentCoding
  /// What happened, in one sentence without content.
  package let sentence: String

  package enum Code: Sendable, Hashable {
    /// The peer sent bytes that are not in this coding.
    case malformed
    /// The peer's bytes end before the coding does.
    case truncated
    /// The peer's bytes go on after the coding ended.
    case trailingBytes
    /// More text came out than the caller allows.
    case outputLimit
    /// The library refused to start: memory, or a parameter out of range.
    case unavailable
  }

  init(_ code: Code, _ coding: ContentCoding, _ sentence: String) {
    self.code = code
    self.coding = coding
    self.sentence = sentence
  }

  package var description: String { "\(coding.rawValue): \(sentence)" }

  static func malformed(_ coding: ContentCoding) -> Self {
    Self(.malformed, coding, "the bytes are not in this coding; send them uncompressed or compress them again")
  }

  static func truncated(_ coding: ContentCoding) -> Self {
    Self(.truncated, coding, "the bytes end before the compressed text does; send all of them")
  }

  static func trailingBytes(_ coding: ContentCoding) -> Self {
    Self(.trailingBytes, coding, "bytes follow the end of the compressed text; send nothing after it")
  }

  static func outputLimit(_ coding: ContentCoding, _ limit: Int) -> Self {
    Self(.outputLimit, coding, "more than \(limit) bytes come out; send less or raise the limit")
  }

  static func unavailable(_ coding: ContentCoding) -> Self {
    Self(.unavailable, coding, "the library could not start; free memory and try again")
  }
}
