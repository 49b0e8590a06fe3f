package import NIOCore

/// Tells where frames end in bytes that pass by (RFC 6455 §5.2), without keeping or judging them.
package struct WebSocketFrameBoundary: Sendable {
  /// Of a header that has begun and is not complete.
  private var header: [UInt8] = []
  /// Of the payload under way.
  private var remaining = 0

  package init() {}

  package var isBetweenFrames: Bool { header.isEmpty && remaining == 0 }

  /// - Returns: how many of the bytes belong to the frame that was under way before them, where it ends in them; `nil`
  ///   where none was, or where it goes on.
  package mutating func advance(over bytes: ByteBuffer) -> Int? {
    let wasBetween = isBetweenFrames
    var firstEnd: Int?
    var index = 0
    let view = bytes.readableBytesView
    while index < view.count {
      if remaining > 0 {
        let count = min(remaining, view.count - index)
        remaining -= count
        index += count
      } else {
        header.append(view[view.startIndex + index])
        index += 1
        readHeader()
      }
      if isBetweenFrames, firstEnd == nil { firstEnd = index }
    }
    return wasBetween ? nil : firstEnd
  }

  private mutating func readHeader() {
    guard header.count >= 2 else { return }
    let short = Int(header[1] & 0x7f)
    let extended = short == 126 ? 2 : short == 127 ? 8 : 0
    guard header.count == 2 + extended + (header[1] & 0x80 == 0 ? 0 : 4) else { return }
    let long = header[2..<2 + extended].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    remaining = extended == 0 ? short : Int(clamping: long)
    header = []
  }
}
