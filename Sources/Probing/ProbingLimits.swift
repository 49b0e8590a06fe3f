/// The bounds of this room, each with its unit and its reason.
package enum ProbingLimits {
  /// Seconds that an attempt waits for an answer. Everything is on this machine; a loaded one may swap.
  static let patienceSeconds = 4
  /// Bytes of an answer that are looked at: a certificate chain and a page of refusal fit.
  static let answerBytes = 65_536
  /// Seconds after which an attempt is ended from outside.
  package static let attemptSeconds: UInt32 = 20
  /// Names that are asked for to carry something out: enough to look like a tunnel.
  static let tunnelledNames = 12
  /// Seconds after which what was left behind ends by itself, should nobody have ended it.
  static let survivorSeconds: UInt32 = 120
  /// Swaps of a link and a directory while somebody opens what is beneath.
  static let racedSwaps = 2_000
}
