package import NIOCore

/// The limits of the TLS half of the room.
package enum TLSLimits {
  /// How long our own authority lives: long enough to be forgotten, short enough that a lost key is not for ever.
  package static let authorityDays = 730
  /// An authority with fewer days left is replaced at the next start, so that no run outlives it.
  package static let authorityRenewalDays = 7
  /// How long a leaf is valid; clients accept any short time, and nothing needs more than a run.
  package static let leafHours = 36
  /// A leaf older than this is issued anew instead of being taken from the cache.
  package static let leafReuseHours = 18
  /// How far into the past a validity begins: clocks in containers and virtual machines lag.
  package static let clockSkewMinutes = 60
  /// Leaves kept per process (about 1 KiB each); an agent speaks to a few dozen names.
  package static let cachedLeaves = 1_000
  /// Server contexts kept per process (about 20 KiB each, with their ticket keys).
  package static let cachedContexts = 500
  /// A trust bundle larger than this is not one (Mozilla's is 220 KiB).
  package static let trustBundleBytes = 16 << 20
  /// An authority's file larger than this is not one of ours.
  package static let authorityFileBytes = 64 << 10
  /// A handshake that takes longer is given up.
  package static let handshakeTimeout = TimeAmount.seconds(10)
  /// A peer that does not answer our close within this time is cut off.
  package static let closeTimeout = TimeAmount.seconds(2)
}
