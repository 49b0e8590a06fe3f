/// What bounds the chamber.
package enum EnforcementLimits {
  /// Bytes of a body that the catalogue may look at to tell its purpose; a JSON member near the start is enough.
  package static let bodyPrefixBytes = 4096
  /// Findings written out in one ledger entry, which holds at most 65,535 bytes; the count covers them all.
  package static let recordedFindings = 64
  /// Characters of a method that the ledger keeps; the longest registered one has seventeen.
  package static let recordedMethodCharacters = 32
}
