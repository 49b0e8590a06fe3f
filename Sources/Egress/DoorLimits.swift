package import NIOCore
package import Wire

/// What bounds the door. Every limit can be set in the policy file's `limits`.
package struct DoorLimits: Sendable, Hashable {
  /// Bytes of one request's body that are held in memory; what comes after goes to a file without a name.
  package var bodyMemoryBytes = 8 << 20
  /// Bytes of all requests' bodies together that one event loop holds in memory; what is beyond goes to files.
  package var allBodiesMemoryBytes = 128 << 20
  /// Bytes of one request's body at all; a longer one is refused with 413.
  package var bodyBytes = 1 << 30
  /// Bytes of one answer that wait for a slow client before its upstream is paused.
  package var responseMemoryBytes = 256 << 10
  /// Requests on one HTTP/2 connection at a time.
  package var concurrentStreams = 128
  /// A connection with no exchange under way for so long is closed; one that became a tunnel or a WebSocket may rest.
  package var idle: TimeAmount = .minutes(5)
  /// How long a client that has ended its side is waited with for its answer.
  package var halfClosed: TimeAmount = .seconds(30)
  /// How long a client that was answered for the last time may go on to say what nobody wants any more, so that its
  /// answer is not lost to a reset (RFC 9112 §9.6).
  package var lingering: TimeAmount = .seconds(5)
  /// Bytes that are taken from such a client and dropped.
  package var lingeringBytes = 256 << 20
  /// How long a client may take to say what it speaks before it counts as one that waits for the server.
  package var opening: TimeAmount = .milliseconds(300)
  /// How long a handshake may take.
  package var handshake: TimeAmount = .seconds(10)
  /// A body that pauses for so long in the middle is let go piece by piece, so that a client which waits for the
  /// server's first words before it says its last is not kept waiting for ever.
  package var bodyPause: TimeAmount = .seconds(1)
  /// How long one long body keeps others waiting: a gigabyte takes longer, and so does who sends a byte now and then.
  package var bodyTurn: TimeAmount = .seconds(10)

  /// What one message may be made of, whoever sends it.
  package var messages = WireLimits()

  package init() {}
}
