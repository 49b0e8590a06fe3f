package import Documents

/// Everything wrong with one policy, in the order of the file.
package struct PolicyErrors: Error, Sendable, Hashable, CustomStringConvertible {
  package let problems: [DocumentProblem]

  init(problems: [DocumentProblem]) {
    self.problems = problems.sorted { $0.place.line < $1.place.line }
  }

  /// One line each.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
