internal import Documents
internal import Patterns

/// Which of a policy's patterns for files, and which owners, mean no file of a workspace.
///
/// It is shown one path after the other and remembers what none has matched yet.
package struct FilePatternSearch: Sendable {
  private let codeOwners: CodeOwners?
  private let place: Question.Place
  private var wanted: [Wanted] = []
  private var steps = 0

  private struct Wanted: Sendable {
    let rule: PolicyRule
    var paths: [SourcePattern]
    var owners: [NamePattern]

    var isDone: Bool { paths.isEmpty && owners.isEmpty }
  }

  /// - Parameter policy: with the owners of the workspace's files, where it asks for them.
  package init(_ policy: PolicyDocument, at place: Question.Place) {
    codeOwners = policy.codeOwners
    self.place = place
    // Where there are no owners at all, the policy's notices say so.
    let hasOwners = policy.codeOwners?.file != nil
    wanted = policy.rules[..<policy.ownRuleCount].compactMap { rule in
      guard let source = rule.source else { return nil }
      let wanted = Wanted(
        rule: rule, paths: source.paths.filter(\.speaksOfWorkspace), owners: hasOwners ? source.owners : [])
      return wanted.isDone ? nil : wanted
    }
  }

  /// Whether every pattern has matched a file.
  package var isDone: Bool { wanted.isEmpty }

  /// - Parameter path: relative to the workspace.
  /// - Returns: whether it is worth going on: false when all is found, or the search costs too much.
  package mutating func see(_ path: String) -> Bool {
    let file = SourceFile(path, at: place)
    var owners: [String]?
    if wanted.contains(where: { !$0.owners.isEmpty }), let relative = file.inWorkspace, let codeOwners {
      steps += codeOwners.cost(of: relative)
      owners = codeOwners.owners(of: relative)
    }
    for index in wanted.indices.reversed() {
      steps += wanted[index].paths.count
      wanted[index].paths.removeAll { $0.covers(file) == .yes }
      if let owners { wanted[index].owners.removeAll { wanted in owners.contains { wanted.matches($0) } } }
      if wanted[index].isDone { wanted.remove(at: index) }
    }
    return !wanted.isEmpty && steps <= PolicyLimits.ownerSteps
  }

  /// To be asked when every file was seen.
  package var warnings: [PolicyWarning] {
    wanted.flatMap { wanted in
      let words: [(texts: [String], deed: String)] = [
        (wanted.paths.map(\.text), "matches"), (wanted.owners.map(\.text), "belongs to"),
      ]
      return words.filter { !$0.texts.isEmpty }.map { texts, deed in
        PolicyWarning(
          place: wanted.rule.place,
          sentence: "'\(wanted.rule.name)': no file of this workspace \(deed) \(DocumentReader.list(texts)) yet")
      }
    }
  }
}
