internal import Synchronization

/// Which rules about files cover a path, remembered: a conversation sends the same files again and again.
///
/// Answers are those of a pure function; what is remembered only saves time.
final class SourceCoverage: Sendable {
  private let rules: [PolicyRule]
  private let codeOwners: CodeOwners?
  private let known = Mutex<Known>(Known())

  private struct Known {
    var place = Question.Place()
    var rules: [String: [Int]] = [:]
  }

  init(_ rules: [PolicyRule], codeOwners: CodeOwners?) {
    self.rules = rules
    self.codeOwners = codeOwners
  }

  /// For each file the rules that cover it, as positions in ascending order; what cannot be told is covered by a rule
  /// that stops something, and by no other.
  func rules(for files: [AttributedFile], at place: Question.Place) -> [[Int]] {
    known.withLock { known in
      if known.place != place { known = Known(place: place) }
      return files.map { file in
        if let rules = known.rules[file.path] { return rules }
        let rules = covering(SourceFile(file.path, at: place))
        if known.rules.count >= PolicyLimits.rememberedPaths { known.rules.removeAll(keepingCapacity: true) }
        known.rules[file.path] = rules
        return rules
      }
    }
  }

  private func covering(_ file: SourceFile) -> [Int] {
    rules.indices.filter { index in
      switch rules[index].source?.covers(file, codeOwners: codeOwners) {
      case .yes: true
      case .unknown: rules[index].action.isRestraint
      case .no, nil: false
      }
    }
  }
}
