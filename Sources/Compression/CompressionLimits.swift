/// What this room takes at most.
package enum CompressionLimits {
  /// Bytes of decompressed text handed over at once: large enough that the call does not matter, small enough for L2.
  static let outputBytes = 32 * 1024

  /// The zstd window, as a power of two: 8 MiB, what RFC 9659 §3 lets a sender of the content coding use.
  static let zstdWindowLog: Int32 = 23

  /// Levels for bodies that are sent once: speed before size.
  static let zlibLevel: Int32 = 6
  static let brotliQuality: UInt32 = 4
  static let brotliWindowLog: UInt32 = 22
  static let zstdLevel: Int32 = 3
}
