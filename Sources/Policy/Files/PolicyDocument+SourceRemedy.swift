internal import Evidence

extension PolicyDocument {
  /// What would let files through that rules stop: rules that name them.
  func sourceLines(verdicts: Verdicts, question: Question, destination: String) -> [String] {
    var lines: [String] = []
    var paths: Set<String> = []
    for entry in verdicts.sources where entry.verdict.action.isRestraint {
      guard case .file(let excerpt) = entry.matter, SourcePattern(SourcePattern.only(excerpt.path)) != nil,
        paths.insert(excerpt.path).inserted
      else { continue }
      var conditions = agentCondition(question)
      conditions.append("destination: \(destination)")
      conditions.append("paths: \(Self.quoted(SourcePattern.only(excerpt.path)))")
      // Of files whose paths end alike, the number tells them apart; a policy's names must differ.
      let number = paths.count == 1 ? "" : "file \(paths.count), "
      let name = "let \(number)\(SourceExcerpt.shown(excerpt.path).suffix(40)) go to \(question.destination.host)"
      lines.append("`\(Self.line(name: name, conditions: conditions))`")
      if lines.count == PolicyLimits.explainedFindings { break }
    }
    return lines
  }

  /// What to do about a message that was not compared; `nil` where it was, or nothing was stopped for it.
  func comparisonRemedy(verdicts: Verdicts, question: Question) -> String? {
    let isStopped = verdicts.sources.contains { entry in
      if case .notCompared = entry.matter { entry.verdict.action.isRestraint } else { false }
    }
    guard isStopped else { return nil }
    return switch question.attributed.gap {
    case .indexing: "send it again when the files have been read"
    case .messageTooLarge: "send less at a time"
    default: "bind the rule about files to destinations whose messages can be compared"
    }
  }
}
