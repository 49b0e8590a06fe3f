package import NIOCore

/// The limits of the upstream half of the room; those that users may set are in ``UpstreamConfiguration``.
package enum UpstreamLimits {
  /// Threads that wait in getaddrinfo for the whole process; a dead name server holds one for seconds.
  package static let resolverThreads = 8
  /// Addresses of one name that are tried; more are not worth a caller's patience.
  package static let candidateAddresses = 8
  /// The next address is tried beside the first after this (RFC 8305 §8 recommends 250 ms).
  package static let attemptDelay = TimeAmount.milliseconds(250)
  /// HTTP/1 connections to one destination per event loop. Agents fan out to a few dozen, and each stream of events that
  /// is open holds one: with fewer, the next ones would wait for an answer to end.
  package static let connectionsPerDestination = 512
  /// Idle connections kept to one destination per event loop: where a few dozen requests are under way at once, so many
  /// connections are idle for a moment, and a new one costs as much as several requests.
  package static let idleConnectionsPerDestination = 32
  /// HTTP/2 connections to one destination per event loop, opened when all streams of the others are taken.
  package static let http2ConnectionsPerDestination = 4
  /// Exchanges that wait for a connection to one destination per event loop, before new ones are refused.
  package static let waitersPerDestination = 1_024
  /// Concurrent streams on one HTTP/2 connection until its peer has said how many it takes (RFC 9113 §6.5.2).
  package static let streamsBeforeSettings = 100
  /// What one HTTP/2 stream may buffer for a slow reader: window and target alike.
  package static let streamWindowBytes = 256 << 10
  /// What one HTTP/2 connection may have under way to us.
  package static let connectionWindowBytes = 4 << 20
  /// Bytes waiting to be written to one upstream from which on the stream says it is not writable, and the amount
  /// at which it is again.
  package static let writeHighWatermark = 256 << 10
  package static let writeLowWatermark = 64 << 10
  /// PING, SETTINGS and the like that an HTTP/2 peer may send in 30 s before it is taken for an attacker.
  package static let controlFramesPerWindow = 10_000
  /// What of a request is kept, by reference, so that it can be sent again over a fresh connection.
  package static let replayBytes = 1 << 20
}
