/// The line before a chunk's data (RFC 9112 §7.1).
struct ChunkSizeLine {
  let size: Int
  /// The bytes of the line with its CRLF.
  let length: Int
  /// The bytes between the size and the CRLF.
  let extensionBytes: Int

  /// - Parameter bytes: starting with the line's first byte.
  /// - Returns: `nil` while the line is not complete.
  static func read(_ bytes: Span<UInt8>, limits: WireLimits) throws(HTTPSyntaxError) -> ChunkSizeLine? {
    var cursor = 0
    var size = 0
    while cursor < bytes.count, let digit = bytes[cursor].hexadecimalValue {
      guard cursor < limits.chunkSizeDigits else { throw HTTPSyntaxError(.chunkSizeTooLarge) }
      size = size << 4 | digit
      cursor += 1
    }
    guard cursor < bytes.count else { return nil }
    guard cursor > 0 else { throw HTTPSyntaxError(.chunkSize) }
    let digits = cursor
    while cursor < bytes.count, bytes[cursor] == UInt8(ascii: ";") {
      guard try skipExtension(bytes, at: &cursor, end: digits + limits.chunkExtensionBytes) else { return nil }
    }
    guard cursor < bytes.count else { return nil }
    guard bytes[cursor] == .carriageReturn else {
      throw HTTPSyntaxError(cursor == digits ? .chunkSize : .chunkExtension)
    }
    guard cursor + 1 < bytes.count else { return nil }
    guard bytes[cursor + 1] == .lineFeed else { throw HTTPSyntaxError(.loneCarriageReturn) }
    return ChunkSizeLine(size: size, length: cursor + 2, extensionBytes: cursor - digits)
  }

  /// `";" token [ "=" ( token / quoted-string ) ]`, without the white space that RFC 9112 §7.1.1 calls bad.
  ///
  /// - Returns: `false` while more bytes are needed to tell where the extension ends.
  private static func skipExtension(
    _ bytes: Span<UInt8>, at cursor: inout Int, end: Int
  ) throws(HTTPSyntaxError) -> Bool {
    cursor += 1
    guard try skipToken(bytes, at: &cursor, end: end) else { return false }
    guard bytes[cursor] == UInt8(ascii: "=") else { return true }
    cursor += 1
    guard cursor < bytes.count else { return false }
    guard bytes[cursor] == UInt8(ascii: "\"") else { return try skipToken(bytes, at: &cursor, end: end) }
    return try skipQuotedString(bytes, at: &cursor, end: end)
  }

  private static func skipToken(
    _ bytes: Span<UInt8>, at cursor: inout Int, end: Int
  ) throws(HTTPSyntaxError) -> Bool {
    let start = cursor
    while cursor < bytes.count, bytes[cursor].isTokenCharacter {
      guard cursor < end else { throw HTTPSyntaxError(.chunkExtensionTooLong) }
      cursor += 1
    }
    guard cursor < bytes.count else { return false }
    guard cursor > start else { throw HTTPSyntaxError(.chunkExtension) }
    return true
  }

  private static func skipQuotedString(
    _ bytes: Span<UInt8>, at cursor: inout Int, end: Int
  ) throws(HTTPSyntaxError) -> Bool {
    cursor += 1
    while cursor < bytes.count {
      guard cursor < end else { throw HTTPSyntaxError(.chunkExtensionTooLong) }
      switch bytes[cursor] {
      case UInt8(ascii: "\""):
        cursor += 1
        return cursor < bytes.count
      case UInt8(ascii: "\\"): cursor += 2
      case let byte where byte.isFieldValueCharacter: cursor += 1
      default: throw HTTPSyntaxError(.chunkExtension)
      }
    }
    return false
  }
}
