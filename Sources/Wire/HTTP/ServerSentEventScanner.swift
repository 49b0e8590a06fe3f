package import NIOCore

/// Finds where the events of a `text/event-stream` end, in pieces of any size, without keeping any of it.
///
/// An event ends with an empty line; a line ends with LF, CR or CRLF (WHATWG HTML §9.2.5). Where a piece ends between
/// CR and LF, the event ends with the piece and the LF begins the next: no event waits for a byte that may not come.
package struct ServerSentEventScanner: Sendable {
  private var isAtLineStart = true
  private var endsInCarriageReturn = false
  /// The current event has a line with something in it.
  private var hasContent = false

  package init() {}

  /// Whether the bytes so far end with an event's end, or with nothing but line ends.
  package var isBetweenEvents: Bool { !hasContent }

  /// - Returns: for each event that ends in this piece, the offset just behind it, counted from the piece's first
  ///   readable byte.
  package mutating func scan(_ piece: ByteBuffer) -> [Int] {
    var ends: [Int] = []
    let bytes = piece.readableBytesUInt8Span
    for index in 0..<bytes.count {
      let byte = bytes[index]
      if byte == .lineFeed, endsInCarriageReturn {
        endsInCarriageReturn = false
        if ends.last == index { ends[ends.count - 1] = index + 1 }
        continue
      }
      endsInCarriageReturn = byte == .carriageReturn
      guard byte == .lineFeed || byte == .carriageReturn else {
        isAtLineStart = false
        hasContent = true
        continue
      }
      if isAtLineStart, hasContent {
        ends.append(index + 1)
        hasContent = false
      }
      isAtLineStart = true
    }
    return ends
  }
}
