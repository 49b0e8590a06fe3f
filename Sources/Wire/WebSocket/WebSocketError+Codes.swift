/// Frames and messages.
extension WebSocketError.Code {
  package static let opcode = Self(
    "opcode", 1002, "a frame has a reserved opcode", "RFC 6455 §5.2")
  package static let reservedBits = Self(
    "reserved-bits", 1002, "a frame has a reserved bit set that no extension gave a meaning", "RFC 6455 §5.2")
  package static let maskMissing = Self(
    "mask-missing", 1002, "the client sent a frame without a mask", "RFC 6455 §5.1")
  package static let maskForbidden = Self(
    "mask-forbidden", 1002, "the server sent a frame with a mask", "RFC 6455 §5.1")
  package static let lengthEncoding = Self(
    "length-encoding", 1002, "a frame's length is not in its shortest form", "RFC 6455 §5.2")
  package static let controlFrame = Self(
    "control-frame", 1002, "a control frame is fragmented or longer than 125 bytes", "RFC 6455 §5.5")
  package static let continuation = Self(
    "continuation", 1002, "a message begins within another, or is continued where none began", "RFC 6455 §5.4")
  package static let closeFrame = Self(
    "close-frame", 1002, "a close frame has a malformed code or reason", "RFC 6455 §5.5.1")
  package static let dataAfterClose = Self(
    "data-after-close", 1002, "a frame follows the close frame", "RFC 6455 §5.5.1")
  package static let notText = Self(
    "not-text", 1007, "a text message is not UTF-8", "RFC 6455 §8.1")
  package static let compression = Self(
    "compression", 1007, "a compressed message does not inflate", "RFC 7692 §7.2.2")
  package static let frameTooLarge = Self(
    "frame-too-large", 1009, "a frame is too large", "RFC 6455 §10.4", limit: "websocket-message")
  package static let messageTooLarge = Self(
    "message-too-large", 1009, "a message is too large", "RFC 6455 §10.4", limit: "websocket-message")
  package static let tooManyFragments = Self(
    "too-many-fragments", 1009, "a message has too many fragments", "RFC 6455 §10.4")
}

/// The opening handshake.
extension WebSocketError.Code {
  package static let request = Self(
    "request", 1002, "the request is no WebSocket handshake", "RFC 6455 §4.1")
  package static let version = Self(
    "version", 1002, "the request asks for another WebSocket version than 13", "RFC 6455 §4.2.1")
  package static let key = Self(
    "key", 1002, "Sec-WebSocket-Key is not 16 bytes in base64, once", "RFC 6455 §4.2.1")
  package static let response = Self(
    "response", 1002, "the answer does not switch to WebSocket", "RFC 6455 §4.1")
  package static let accept = Self(
    "accept", 1002, "Sec-WebSocket-Accept does not answer the key", "RFC 6455 §4.1")
  package static let subprotocol = Self(
    "subprotocol", 1002, "the server chose a subprotocol that was not offered", "RFC 6455 §4.1")
  package static let extensionUnknown = Self(
    "extension-unknown", 1010, "the server chose an extension that was not offered or is unknown", "RFC 6455 §9.1")
  package static let extensionParameter = Self(
    "extension-parameter", 1010, "permessage-deflate has a parameter that is malformed or was not offered",
    "RFC 7692 §7.1")
}
