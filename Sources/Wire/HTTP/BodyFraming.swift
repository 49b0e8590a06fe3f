/// How the end of an HTTP/1 message's body is told (RFC 9112 §6).
package enum BodyFraming: Sendable, Hashable {
  /// The head is all there is.
  case none
  /// So many bytes follow.
  case length(Int)
  /// Chunks follow until an empty one, then perhaps trailers.
  case chunked
  /// The body lasts as long as the connection; responses only.
  case untilClose
}
