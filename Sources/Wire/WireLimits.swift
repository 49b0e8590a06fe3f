/// What this room takes from a peer before it refuses; each limit has its own error.
package struct WireLimits: Sendable, Hashable {
  /// Bytes of an HTTP/1 head, from the start line to the empty line. Real agents send up to 12 KiB; cookies and
  /// signed URLs are what grows.
  package var headBytes = 64 * 1024
  /// Bytes of a request target. Signed storage URLs reach 4 KiB, search queries in a GET twice that.
  package var targetBytes = 32 * 1024
  /// Field lines of a head. Real agents send up to 30.
  package var headFields = 200
  /// Bytes of a method. The longest registered one has 17 (`UPDATEREDIRECTREF`).
  package var methodBytes = 32
  /// Bytes of the extensions of one chunk, which no known client sends: room for a signature, not for a file.
  package var chunkExtensionBytes = 256
  /// Hexadecimal digits of a chunk's size; 15 keep it below 2^60, so that no sum of sizes overflows.
  package var chunkSizeDigits = 15
  /// Bytes of a trailer section. gRPC puts a status message there, percent-encoded.
  package var trailerBytes = 16 * 1024
  /// Field lines of a trailer section.
  package var trailerFields = 64
  /// Interim answers (1xx) before one final answer. A server that hints and continues sends three or four.
  package var interimResponses = 16
  /// Bytes of one WebSocket frame's payload as it was sent. Codex sends a whole conversation in one frame.
  package var webSocketFrameBytes = 32 * 1024 * 1024
  /// Bytes of one WebSocket message after inflating.
  package var webSocketMessageBytes = 64 * 1024 * 1024
  /// Frames of one WebSocket message; bounds what empty fragments cost.
  package var webSocketFragments = 16 * 1024

  package init() {}
}
