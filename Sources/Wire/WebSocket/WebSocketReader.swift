package import NIOCore

/// Puts the frames that one side sends together into messages and inflates them. The first error is final.
///
/// Control frames between a message's fragments come as events at once, before the message.
package struct WebSocketReader: ~Copyable {
  private struct Unfinished {
    let isText: Bool
    let isCompressed: Bool
    var payload: ByteBuffer
    var wire: ByteBuffer
    var frames = 1
  }

  private var parser: WebSocketFrameParser
  private let inflater: (any MessageInflating)?
  private let limits: WireLimits
  private var unfinished: Unfinished?
  private var hasClosed = false
  private var failure: WebSocketError?

  /// - Parameter inflater: for the messages of this side, where permessage-deflate was agreed on.
  package init(from sender: WebSocketSender, inflater: (any MessageInflating)?, limits: WireLimits = WireLimits()) {
    parser = WebSocketFrameParser(from: sender, allowsCompression: inflater != nil, limits: limits)
    self.inflater = inflater
    self.limits = limits
  }

  /// Whether nothing unfinished has come.
  package var isBetweenMessages: Bool { parser.isBetweenFrames && unfinished == nil }

  package mutating func append(_ bytes: ByteBuffer) {
    parser.append(bytes)
  }

  /// - Returns: `nil` until a message or a control frame is complete.
  package mutating func next() throws(WebSocketError) -> WebSocketEvent? {
    if let failure { throw failure }
    do throws(WebSocketError) {
      while let frame = try parser.next() {
        if let event = try take(frame) { return event }
      }
      return nil
    } catch {
      failure = error
      throw error
    }
  }

  private mutating func take(_ frame: WebSocketFrame) throws(WebSocketError) -> WebSocketEvent? {
    guard !hasClosed else { throw WebSocketError(.dataAfterClose) }
    switch frame.opcode {
    case .ping: return .ping(frame)
    case .pong: return .pong(frame)
    case .close:
      hasClosed = true
      return try Self.close(frame)
    case .text, .binary:
      guard unfinished == nil else { throw WebSocketError(.continuation) }
      unfinished = Unfinished(
        isText: frame.opcode == .text, isCompressed: frame.isCompressed, payload: frame.payload, wire: frame.wire)
    case .continuation:
      guard unfinished != nil else { throw WebSocketError(.continuation) }
      // Copied together, so that many small fragments do not keep many large socket buffers alive.
      unfinished?.payload.writeImmutableBuffer(frame.payload)
      unfinished?.wire.writeImmutableBuffer(frame.wire)
      unfinished?.frames += 1
    }
    guard let message = unfinished else { return nil }
    guard message.payload.readableBytes <= limits.webSocketMessageBytes else {
      throw WebSocketError(.messageTooLarge)
    }
    guard message.frames <= limits.webSocketFragments else { throw WebSocketError(.tooManyFragments) }
    guard frame.isFinal else { return nil }
    unfinished = nil
    return .message(try finished(message))
  }

  private func finished(_ message: Unfinished) throws(WebSocketError) -> WebSocketMessage {
    var payload = message.payload
    if message.isCompressed, let inflater {
      payload = try inflater.inflate(payload, limit: limits.webSocketMessageBytes)
    }
    if message.isText { try Self.checkText(payload) }
    return WebSocketMessage(
      isText: message.isText, isCompressed: message.isCompressed, payload: payload, content: message.payload,
      wire: message.wire)
  }

  private static func checkText(_ payload: ByteBuffer) throws(WebSocketError) {
    do {
      _ = try UTF8Span(validating: payload.readableBytesUInt8Span)
    } catch {
      throw WebSocketError(.notText)
    }
  }

  /// The codes that may stand in a frame are RFC 6455 §7.4.1's, the registry's and the private ones.
  private static func close(_ frame: WebSocketFrame) throws(WebSocketError) -> WebSocketEvent {
    var payload = frame.payload
    guard payload.readableBytes > 0 else { return .close(code: nil, reason: "", frame) }
    guard let code = payload.readInteger(as: UInt16.self) else { throw WebSocketError(.closeFrame) }
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: break
    default: throw WebSocketError(.closeFrame)
    }
    guard let reason = String(validating: payload.readableBytesView, as: UTF8.self) else {
      throw WebSocketError(.closeFrame)
    }
    return .close(code: code, reason: reason, frame)
  }
}
