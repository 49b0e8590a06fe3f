internal import Documents
package import Evidence
internal import Patterns

extension PolicyDocument {
  /// What the file says without effect, in its order: rules that earlier ones hide, hosts that none can have.
  ///
  /// Nothing is said of the posture's rules: to stand before them is what the file is for.
  package var warnings: [PolicyWarning] {
    let own = Array(rules[..<ownRuleCount])
    let found =
      readingWarnings + own.compactMap { contradiction(in: $0) ?? $0.answerWarning } + Self.shadowed(own)
    return found.sorted { $0.place.line < $1.place.line }
  }

  /// Entries of `allow-findings` whose time is over.
  package func endedWarnings(at now: Timestamp) -> [PolicyWarning] {
    allowedFindings.values.compactMap { entry in
      guard let until = entry.until, until < now else { return nil }
      return PolicyWarning(
        place: entry.place,
        sentence: "\(entry.fingerprint.prefix(8))… is let through no more since the end of"
          + " \(until.description.prefix(10)); take the entry away, or set a later day")
    }
  }

  private static func shadowed(_ rules: [PolicyRule]) -> [PolicyWarning] {
    var warnings: [PolicyWarning] = []
    var steps = 0
    for (index, rule) in rules.enumerated() {
      for earlier in rules[..<index] {
        steps += earlier.patternCount * rule.patternCount
        guard steps <= PolicyLimits.shadowSteps else { return warnings }
        guard let shadow = earlier.shadow(on: rule) else { continue }
        warnings.append(PolicyWarning(place: rule.place, sentence: sentence(rule, shadow, earlier)))
        break
      }
    }
    return warnings
  }

  private static func sentence(_ rule: PolicyRule, _ shadow: PolicyRule.Shadow, _ earlier: PolicyRule) -> String {
    let other = "'\(earlier.name)' (line \(earlier.place.line))"
    switch shadow {
    case .whole:
      return "'\(rule.name)' never decides: \(other) stands before it and answers for all that it could;"
        + " put the narrower rule first, or take one away"
    case .butGaps:
      return "'\(rule.name)' decides only about messages that could not be compared with the files:"
        + " \(other) stands before it and answers for all its files"
    case .butSent:
      return "'\(rule.name)' decides about no answer: \(other) stands before it and decides about all that it could;"
        + " put the narrower rule first, or take 'answer' out of this one"
    }
  }

  /// Conditions of one rule that never hold together, or never at all.
  private func contradiction(in rule: PolicyRule) -> PolicyWarning? {
    var kinds: Set<DestinationKind>?
    var hosts: [DestinationPattern]?
    for condition in rule.conditions {
      if case .destinationKind(let some) = condition { kinds = some }
      if case .destination(let some) = condition { hosts = some }
      if let bound = condition.bound, bound.amounts == nil {
        return PolicyWarning(
          place: rule.place, sentence: "'\(rule.name)' never applies: no amount is '\(bound.text)'")
      }
    }
    if kinds == [.granted], privateAddresses.isEmpty {
      return PolicyWarning(
        place: rule.place,
        sentence: "'\(rule.name)' never applies: it wants granted destinations, and private-addresses lists none")
    }
    let areNames = hosts?.allSatisfy { if case .name = $0.host { true } else { false } } ?? false
    if kinds == [.literal], areNames {
      return PolicyWarning(
        place: rule.place,
        sentence: "'\(rule.name)' never applies: it wants a destination given as an address, and lists names only")
    }
    return nil
  }
}

extension Condition {
  fileprivate var bound: Comparison? {
    switch self {
    case .target(let bound), .fields(let bound), .sent(let bound), .bytes(let bound): bound
    default: nil
    }
  }
}
