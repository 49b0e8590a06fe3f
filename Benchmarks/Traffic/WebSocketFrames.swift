internal import NIOCore

/// Frames of RFC 6455 as far as a measurement needs them: whole text messages, and close.
enum WebSocketFrames {
  static let text: UInt8 = 0x81
  static let close: UInt8 = 0x88

  /// The example of RFC 6455 §1.3: both ends are ours, so that one key will do.
  static let key = "dGhlIHNhbXBsZSBub25jZQ=="
  static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

  /// - Parameter isMasked: as a client must (RFC 6455 §5.3); with zeros, which change nothing.
  static func frame(_ opcode: UInt8, _ payload: ByteBuffer, isMasked: Bool) -> ByteBuffer {
    var frame = ByteBuffer()
    let length = payload.readableBytes
    let mask: UInt8 = isMasked ? 0x80 : 0
    frame.writeInteger(opcode)
    switch length {
    case ..<126: frame.writeInteger(UInt8(length) | mask)
    case ..<65536:
      frame.writeInteger(UInt8(126) | mask)
      frame.writeInteger(UInt16(length))
    default:
      frame.writeInteger(UInt8(127) | mask)
      frame.writeInteger(UInt64(length))
    }
    if isMasked { frame.writeInteger(UInt32(0)) }
    frame.writeImmutableBuffer(payload)
    return frame
  }

  /// Takes the next whole frame, unmasked; `nil` where it is not there yet.
  static func next(_ bytes: inout ByteBuffer) -> (opcode: UInt8, payload: ByteBuffer)? {
    var rest = bytes
    guard let opcode = rest.readInteger(as: UInt8.self), let second = rest.readInteger(as: UInt8.self) else {
      return nil
    }
    var length = Int(second & 0x7f)
    if length == 126 {
      guard let long = rest.readInteger(as: UInt16.self) else { return nil }
      length = Int(long)
    } else if length == 127 {
      guard let long = rest.readInteger(as: UInt64.self) else { return nil }
      length = Int(long)
    }
    var mask: [UInt8] = [0, 0, 0, 0]
    if second & 0x80 != 0 {
      guard let key = rest.readBytes(length: 4) else { return nil }
      mask = key
    }
    guard var payload = rest.readBytes(length: length) else { return nil }
    if mask != [0, 0, 0, 0] { for index in payload.indices { payload[index] ^= mask[index & 3] } }
    bytes = rest
    return (opcode, ByteBuffer(bytes: payload))
  }
}
