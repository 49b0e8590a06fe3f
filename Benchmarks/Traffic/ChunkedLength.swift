internal import NIOCore

/// Finds where a chunked body ends (RFC 9112 §7.1).
struct ChunkedLength {
  private var line: [UInt8] = []
  /// Bytes of the chunk that are still to come.
  private var left = 0
  private var isLast = false

  mutating func ends(in bytes: inout ByteBuffer) -> Bool {
    while bytes.readableBytes > 0 {
      let skipped = min(left, bytes.readableBytes)
      bytes.moveReaderIndex(forwardBy: skipped)
      left -= skipped
      guard left == 0, let byte = bytes.readInteger(as: UInt8.self) else { continue }
      line.append(byte)
      if byte == 10, endLine() { return true }
    }
    return false
  }

  /// A chunk's length, the end of its line, a trailer, or the end.
  private mutating func endLine() -> Bool {
    let text = String(decoding: line.dropLast(2), as: UTF8.self)
    line = []
    if text.isEmpty { return isLast }
    left = isLast ? 0 : Int(text, radix: 16) ?? 0
    isLast = isLast || left == 0
    return false
  }
}
