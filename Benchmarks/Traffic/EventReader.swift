internal import NIOCore

/// Reads the times out of an ``EventStream``, however its chunks were cut.
struct EventReader {
  private var time: UInt64?
  private var tail: [UInt8] = []
  private static let end = Array("0\r\n\r\n".utf8)

  /// - Returns: whether the answer's last chunk was among the bytes.
  mutating func read(_ bytes: inout ByteBuffer, _ event: (UInt64) -> Void) -> Bool {
    for byte in bytes.readableBytesView {
      if byte == UInt8(ascii: "@") {
        if let time { event(time) }
        time = time == nil ? 0 : nil
      } else if let before = time {
        time = before &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
      }
    }
    tail = (tail + bytes.readableBytesView.suffix(5)).suffix(5)
    bytes.moveReaderIndex(forwardBy: bytes.readableBytes)
    return tail == Self.end
  }
}
