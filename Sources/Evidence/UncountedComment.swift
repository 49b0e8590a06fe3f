/// A comment beside a finding that looks as if it should let it stand, and does not.
package struct UncountedComment: Sendable, Hashable {
  /// As the finding's.
  package let path: String
  /// From 1.
  package let line: Int
  /// Of detectors and classes, as they are written there.
  package let names: [String]
  package let problem: Problem

  package init(path: String, line: Int, names: [String], problem: Problem) {
    self.path = path
    self.line = line
    self.names = names
    self.problem = problem
  }

  /// Why it does not count.
  package enum Problem: Sendable, Hashable {
    /// Its bracket is not closed on the line.
    case open
    /// It names nothing.
    case noName
    /// Nothing stands behind the bracket.
    case noReason
    /// It names something else than what was found; maybe something that is nothing.
    case otherName
  }
}
