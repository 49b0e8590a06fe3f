/// Who sent a frame; a client masks and a server must not (RFC 6455 §5.1).
package enum WebSocketSender: Sendable, Hashable {
  case client
  case server
}
