internal import Evidence
internal import Patterns

extension PolicyRule {
  /// Why a rule that names answers never decides about one; `nil` where it may.
  var answerWarning: PolicyWarning? {
    guard let finding, finding.namesAnswers, let reason = answerReason(finding) else { return nil }
    let deed = finding.places.allSatisfy(\.isAnswer) ? "never applies" : "applies to no answer"
    return PolicyWarning(place: place, sentence: "'\(name)' \(deed): \(reason)")
  }

  private func answerReason(_ finding: FindingCondition) -> String? {
    if !finding.classes.isEmpty, finding.classes.isDisjoint(with: Self.answerClasses) {
      return "answers are looked through for hidden-text, injection, canary and opaque alone"
    }
    for condition in conditions {
      if case .protocolName(let names) = condition, names.isDisjoint(with: Self.answeringProtocols) {
        return "what comes back over \(names.map(\.rawValue).sorted().joined(separator: " or ")) is not looked into"
      }
      if case .method(["HEAD"]) = condition { return "an answer to HEAD has nothing in it" }
    }
    return nil
  }

  /// What is looked for in what comes back, and what could not be looked into (docs/inspect.md).
  private static let answerClasses: Set<DataClass> = [.hiddenText, .injection, .canary, .opaque]
  private static let answeringProtocols: Set<Exchange.ProtocolName> = [.http1, .http2, .webSocket]
}

extension FindingCondition {
  /// Whether its writer thought of answers, and not only of every place.
  var namesAnswers: Bool { places.contains(where: \.isAnswer) }

  /// What it says of answers.
  var ofAnswers: FindingCondition {
    FindingCondition(
      classes: classes, grade: grade, severity: severity, detectors: detectors, places: places.filter(\.isAnswer))
  }
}

extension NamePattern {
  fileprivate var isAnswer: Bool { isLiteral && text == Finding.Place.answer.description }
}
