/// What a hand-written file may cost to read.
package enum DocumentLimits {
  /// Bytes of one file. The largest catalogue file has 20 KiB; a policy of a thousand rules 300 KiB.
  package static let bytes = 1 << 20
  /// Levels of lists and maps. A policy needs five.
  package static let depth = 24
  /// Problems reported from one file; after that many, the reader has enough to do.
  package static let problems = 100
  /// Bytes of a file's own words repeated in a problem.
  package static let quotedBytes = 60
}
