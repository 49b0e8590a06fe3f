internal import Evidence
internal import Patterns

/// Which files inside a message a rule speaks about. A rule that has one says nothing about messages without them.
struct SourceCondition: Sendable, Hashable {
  /// Empty means every file.
  let paths: [SourcePattern]
  /// By CODEOWNERS, in lower case; empty means anybody's and nobody's.
  let owners: [NamePattern]
  /// Lines of covered files that went to the host in this run, with those of this message.
  let lines: Comparison?
  /// Of the message's bytes, in hundredths of a percent.
  let share: Comparison?

  /// Whether the file is one of them, whatever the amounts.
  func covers(_ file: SourceFile, codeOwners: CodeOwners?) -> Truth {
    guard paths.isEmpty else {
      var truth = Truth.no
      for pattern in paths where truth != .yes {
        switch pattern.covers(file) {
        case .yes: truth = .yes
        case .unknown: truth = .unknown
        case .no: break
        }
      }
      return truth == .no ? .no : truth.and(owns(file, codeOwners))
    }
    return owns(file, codeOwners)
  }

  private func owns(_ file: SourceFile, _ codeOwners: CodeOwners?) -> Truth {
    guard !owners.isEmpty else { return .yes }
    guard let path = file.inWorkspace else { return .no }
    guard let found = codeOwners?.owners(of: path) else { return .unknown }
    return Truth(found.contains { owner in owners.contains { $0.matches(owner) } })
  }

  var amounts: [Comparison] { [lines, share].compactMap(\.self) }
}
