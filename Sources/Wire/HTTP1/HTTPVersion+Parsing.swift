extension HTTPVersion {
  /// Every version that the grammar allows has the 8 bytes of `HTTP/1.1` (RFC 9112 §2.3).
  static let encodedLength = 8

  /// - Parameters:
  ///   - bytes: a head that ``SectionBoundary`` has passed, so that a CR stops every comparison within it.
  ///   - otherwise: what is wrong where no version stands.
  init(_ bytes: Span<UInt8>, at start: Int, otherwise: HTTPSyntaxError.Code) throws(HTTPSyntaxError) {
    guard bytes[start] == UInt8(ascii: "H"), bytes[start + 1] == UInt8(ascii: "T"),
      bytes[start + 2] == UInt8(ascii: "T"), bytes[start + 3] == UInt8(ascii: "P"),
      bytes[start + 4] == UInt8(ascii: "/"), bytes[start + 5].isDigit, bytes[start + 6] == UInt8(ascii: "."),
      bytes[start + 7].isDigit
    else { throw HTTPSyntaxError(otherwise) }
    switch (bytes[start + 5], bytes[start + 7]) {
    case (0x31, 0x31): self = .http1_1
    case (0x31, 0x30): self = .http1_0
    default: throw HTTPSyntaxError(.versionUnsupported)
    }
  }
}
