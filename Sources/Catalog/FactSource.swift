/// Where a fact comes from, so that a reader can judge and repeat it.
package struct FactSource: Sendable, Hashable {
  /// A page, a repository, or what was measured.
  package let from: String
  package let evidence: Evidence
  /// The release of the thing that the fact holds for, where it was told.
  package let version: String?
  /// When it was observed or read: `2026-11-20`.
  package let date: String

  /// How good it is; *observed is not alleged*.
  package enum Evidence: String, Sendable, Hashable, CaseIterable {
    /// Seen on the wire by ourselves.
    case measured
    /// The vendor's own documentation.
    case documentation
    /// Read in the tool's own source.
    case sourceCode = "source-code"
    /// An issue thread of the project.
    case issue
    /// Somebody else's capture or analysis.
    case capture
    /// A register or article about the vendor.
    case secondary
    /// General knowledge, not yet verified.
    case background
  }
}
