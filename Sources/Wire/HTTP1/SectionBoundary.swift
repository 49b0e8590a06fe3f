internal import NIOCore

/// Finds the empty line that ends a head or a trailer section. Looks at each byte once, in however many pieces they
/// come, and refuses what no line of HTTP may hold as soon as it is seen.
struct SectionBoundary: Sendable {
  private var scanned = 0
  private var lineStart = 0

  /// Whether the first line has not ended yet.
  var isInFirstLine: Bool { lineStart == 0 }

  /// - Parameters:
  ///   - buffer: at least the bytes of the last call.
  ///   - start: where the section begins in its readable bytes.
  /// - Returns: how many bytes the section has with the empty line; `nil` while the empty line has not come.
  /// - Throws: `tooLarge` once `limit` bytes hold no end.
  mutating func end(
    in buffer: ByteBuffer, from start: Int = 0, limit: Int, tooLarge: HTTPSyntaxError.Code
  ) throws(HTTPSyntaxError) -> Int? {
    let bytes = buffer.readableBytesUInt8Span.extracting(droppingFirst: start)
    let available = min(bytes.count, limit)
    var index = scanned
    defer { scanned = index }
    while index < available {
      let byte = bytes[index]
      if byte.isFieldValueCharacter {
        index += 1
        continue
      }
      guard byte == .carriageReturn else {
        throw HTTPSyntaxError(byte == .lineFeed ? .loneLineFeed : .controlCharacter)
      }
      guard index + 2 <= limit else { throw HTTPSyntaxError(tooLarge) }
      guard index + 1 < bytes.count else { return nil }
      guard bytes[index + 1] == .lineFeed else { throw HTTPSyntaxError(.loneCarriageReturn) }
      if index == lineStart { return index + 2 }
      index += 2
      lineStart = index
    }
    guard index < limit else { throw HTTPSyntaxError(tooLarge) }
    return nil
  }
}
