package import Evidence

/// What a detector makes of a match of its pattern, and why.
package enum Judgement: Sendable, Hashable {
  case found(Grade, Reasons)
  case dismissed(Dismissal)

  /// What spoke for a finding, or against a better grade.
  package struct Reasons: Sendable, Hashable {
    /// Whether one of the detector's words is near; `nil` where it asks for none.
    package let isInContext: Bool?
    /// The check that was made; `nil` where the detector has none.
    package let check: String?
    /// Whether that check failed without ruling the match out.
    package let isDoubtful: Bool
    /// Whether its words stand near another match, in the same column of a table.
    package var isOfColumn = false
    /// Whether it is because the match is one that is published for tests or in documentation.
    package var isDocumented = false
  }

  /// The first thing that ruled a match out.
  package enum Dismissal: Sendable, Hashable {
    /// It is one of those that documentation shows.
    case sample
    /// None of these stands before it.
    case noKeyword([String])
    /// None of these words is near.
    case noContext([String])
    /// Bits per byte that it has, and that it should have.
    case tooEven(Double, atLeast: Double)
    /// The check says that it is none.
    case refuted(check: String)
  }
}
