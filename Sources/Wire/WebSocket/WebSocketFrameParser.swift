package import NIOCore

/// Reads the frames that one side sends, whole, keeping their bytes. The first error is final.
package struct WebSocketFrameParser: ~Copyable {
  private let sender: WebSocketSender
  private let allowsCompression: Bool
  private let limits: WireLimits
  private var buffer = ByteBuffer()
  private var failure: WebSocketError?

  /// - Parameter allowsCompression: permessage-deflate was agreed on, so that RSV1 has a meaning.
  package init(from sender: WebSocketSender, allowsCompression: Bool, limits: WireLimits = WireLimits()) {
    self.sender = sender
    self.allowsCompression = allowsCompression
    self.limits = limits
  }

  /// Whether no byte of an unfinished frame has come.
  package var isBetweenFrames: Bool { buffer.readableBytes == 0 }

  package mutating func append(_ bytes: ByteBuffer) {
    if buffer.readableBytes == 0 {
      buffer = bytes
    } else {
      buffer.writeImmutableBuffer(bytes)
    }
  }

  /// - Returns: `nil` until a frame is complete.
  package mutating func next() throws(WebSocketError) -> WebSocketFrame? {
    if let failure { throw failure }
    do throws(WebSocketError) {
      guard let header = try readHeader() else { return nil }
      let total = header.length + header.payloadLength
      guard buffer.readableBytes >= total, let wire = buffer.readSlice(length: total),
        let masked = wire.getSlice(at: wire.readerIndex + header.length, length: header.payloadLength)
      else { return nil }
      return WebSocketFrame(
        opcode: header.opcode, isFinal: header.isFinal, isCompressed: header.isCompressed,
        payload: header.maskingKey.map(masked.masked) ?? masked, wire: wire)
    } catch {
      failure = error
      throw error
    }
  }

  private struct Header {
    let opcode: WebSocketOpcode
    let isFinal: Bool
    let isCompressed: Bool
    let maskingKey: UInt32?
    let payloadLength: Int
    /// Of the header itself.
    let length: Int
  }

  private func readHeader() throws(WebSocketError) -> Header? {
    var header = buffer
    guard let first = header.readInteger(as: UInt8.self) else { return nil }
    guard let opcode = WebSocketOpcode(rawValue: first & 0x0f) else { throw WebSocketError(.opcode) }
    let isFinal = first & 0x80 != 0
    let isCompressed = first & 0x40 != 0
    let mayBeCompressed = allowsCompression && !opcode.isControl && opcode != .continuation
    guard first & 0x30 == 0, !isCompressed || mayBeCompressed else { throw WebSocketError(.reservedBits) }
    guard let second = header.readInteger(as: UInt8.self) else { return nil }
    let isMasked = second & 0x80 != 0
    guard isMasked == (sender == .client) else {
      throw WebSocketError(isMasked ? .maskForbidden : .maskMissing)
    }
    guard !opcode.isControl || isFinal && second & 0x7f <= 125 else { throw WebSocketError(.controlFrame) }
    guard let length = try Self.payloadLength(second & 0x7f, &header) else { return nil }
    guard length <= limits.webSocketFrameBytes else { throw WebSocketError(.frameTooLarge) }
    var maskingKey: UInt32?
    if isMasked {
      guard let key = header.readInteger(as: UInt32.self) else { return nil }
      maskingKey = key
    }
    return Header(
      opcode: opcode, isFinal: isFinal, isCompressed: isCompressed, maskingKey: maskingKey, payloadLength: length,
      length: buffer.readableBytes - header.readableBytes)
  }

  private static func payloadLength(_ short: UInt8, _ header: inout ByteBuffer) throws(WebSocketError) -> Int? {
    switch short {
    case 126:
      guard let length = header.readInteger(as: UInt16.self) else { return nil }
      guard length > 125 else { throw WebSocketError(.lengthEncoding) }
      return Int(length)
    case 127:
      guard let length = header.readInteger(as: UInt64.self) else { return nil }
      guard length > 0xffff, let length = Int(exactly: length) else { throw WebSocketError(.lengthEncoding) }
      return length
    default: return Int(short)
    }
  }
}
