package import NIOCore

/// One frame as it was sent (RFC 6455 §5.2).
package struct WebSocketFrame: Sendable, Equatable {
  package let opcode: WebSocketOpcode
  /// The last frame of its message.
  package let isFinal: Bool
  /// RSV1: the message is compressed (RFC 7692 §6); on its first frame only.
  package let isCompressed: Bool
  /// Without the mask.
  package let payload: ByteBuffer
  /// Header and payload exactly as they came.
  package let wire: ByteBuffer
}

extension WebSocketFrame {
  /// Writes one frame.
  ///
  /// - Parameter maskingKey: for frames that go to a server, unpredictable and new for each (RFC 6455 §5.3); `nil` for
  ///   those that go to a client.
  package static func encode(
    _ opcode: WebSocketOpcode, _ payload: ByteBuffer, isCompressed: Bool = false, maskingKey: UInt32?
  ) -> ByteBuffer {
    var out = ByteBuffer()
    out.reserveCapacity(minimumWritableBytes: payload.readableBytes + 14)
    out.writeInteger(0x80 | (isCompressed ? 0x40 : 0) | opcode.rawValue)
    let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
    switch payload.readableBytes {
    case ...125: out.writeInteger(maskBit | UInt8(payload.readableBytes))
    case ...0xffff:
      out.writeInteger(maskBit | 126)
      out.writeInteger(UInt16(payload.readableBytes))
    default:
      out.writeInteger(maskBit | 127)
      out.writeInteger(UInt64(payload.readableBytes))
    }
    guard let maskingKey else {
      out.writeImmutableBuffer(payload)
      return out
    }
    out.writeInteger(maskingKey)
    out.writeImmutableBuffer(payload.masked(with: maskingKey))
    return out
  }

  /// A close frame. A reason of more than 123 bytes is cut, between two characters.
  package static func close(_ code: UInt16, reason: String = "", maskingKey: UInt32?) -> ByteBuffer {
    var payload = ByteBuffer()
    payload.writeInteger(code)
    var text = ""
    for scalar in reason.unicodeScalars {
      if text.utf8.count + UTF8.width(scalar) > 123 { break }
      text.unicodeScalars.append(scalar)
    }
    payload.writeString(text)
    return encode(.close, payload, maskingKey: maskingKey)
  }
}
