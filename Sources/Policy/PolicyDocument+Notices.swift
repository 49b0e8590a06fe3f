internal import Documents
internal import Evidence
internal import Patterns

extension PolicyDocument {
  /// What the file gives away, one sentence each: weakening a protection is said once, aloud.
  package var notices: [String] {
    uninspected.map { grant in
      let hosts = grant.hosts.map(\.text).joined(separator: ", ")
      return "\(grant.place): what goes to \(hosts) is counted, not inspected: \(grant.because)"
    } + rules[..<ownRuleCount].compactMap(Self.notice)
  }

  private static func notice(for rule: PolicyRule) -> String? {
    guard !rule.action.isRestraint, !rule.namesDestination else { return nil }
    if let finding = rule.finding {
      let secrets: Set<DataClass> = [.credential, .canary, .opaque]
      guard finding.classes.isEmpty || !finding.classes.isDisjoint(with: secrets) else { return nil }
      guard finding.detectors.isEmpty, finding.places.isEmpty, finding.grade != .block || rule.action == .allow
      else { return nil }
      return "\(rule.place): '\(rule.name)' lets secrets, or what cannot be read, out to any destination"
    }
    return rule.namesPurpose ? nil : "\(rule.place): '\(rule.name)' lets everything through to any destination"
  }
}
