/// What becomes of a change of a protected place; the later, the stricter.
package enum ProtectionAction: String, Sendable, Hashable, CaseIterable, Comparable {
  /// It stays, and is told.
  case allow
  /// A person sees it when the run has ended, and keeps it or has it put back; where nobody answers, it is put back.
  case review
  /// It fails, or is put back.
  case deny

  private var rank: Int { self == .allow ? 0 : self == .review ? 1 : 2 }

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
