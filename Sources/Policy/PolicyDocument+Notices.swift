internal import Documents
internal import Evidence
internal import Patterns

extension PolicyDocument {
  /// What the file gives away, one sentence each: weakening a protection is said once, aloud.
  package var notices: [String] {
    uninspected.map { grant in
      let hosts = grant.hosts.map(\.text).joined(separator: ", ")
      return "\(grant.place): what goes to \(hosts) is counted, not inspected: \(grant.because)"
    } + rules[..<ownRuleCount].compactMap(Self.notice) + sourceNotices + protectionNotices + findingNotices
  }

  private var findingNotices: [String] {
    let uncounted = FindingThreshold.classes.compactMap { thresholds[$0] }.compactMap { threshold in
      threshold.leftOut.map {
        "\(threshold.place): of what is \(threshold.dataClass.rawValue), \($0) are shown and decide nothing"
      }
    }
    let allowed = allowedFindings.values.sorted { $0.place.line < $1.place.line }.map { entry in
      let end = entry.until.map { " until the end of \($0.description.prefix(10))" } ?? ""
      return "\(entry.place): what has the fingerprint \(entry.fingerprint) is let through\(end): \(entry.because)"
    }
    return uncounted + allowed
  }

  private var protectionNotices: [String] {
    ProtectedGroup.allCases.filter { protection.action(for: $0) == .allow }.map { group in
      "\(file): 'protect' lets the tool change \(group.rawValue) files, which act outside of the sandbox later"
    }
      + protection.loosened.map { pattern, groups in
        "\(file): 'protect' lets the tool change what '\(pattern)' covers, and so"
          + " \(groups.map(\.rawValue).joined(separator: ", ")) files, which act outside of the sandbox later"
      }
  }

  private static func notice(for rule: PolicyRule) -> String? {
    // One that lets files through opens nothing: it only stands before stricter ones about files.
    guard !rule.action.isRestraint, rule.source == nil, !rule.namesDestination else { return nil }
    if let finding = rule.finding {
      let secrets: Set<DataClass> = [.credential, .canary, .opaque]
      guard finding.classes.isEmpty || !finding.classes.isDisjoint(with: secrets) else { return nil }
      guard finding.detectors.isEmpty, finding.places.isEmpty, finding.grade != .block || rule.action == .allow
      else { return nil }
      return "\(rule.place): '\(rule.name)' lets secrets, or what cannot be read, out to any destination"
    }
    return rule.namesPurpose ? nil : "\(rule.place): '\(rule.name)' lets everything through to any destination"
  }

  private var sourceNotices: [String] {
    guard let rule = sourceRules.first(where: { $0.action.isRestraint }) else { return [] }
    var notices: [String] = []
    if !uninspected.isEmpty {
      notices.append("\(rule.place): no rule about files holds for what is left uninspected")
    }
    return notices + ownerNotices
  }

  /// What rules that name owners cannot do in a workspace without a CODEOWNERS file.
  package var ownerNotices: [String] {
    guard let codeOwners, codeOwners.file == nil else { return [] }
    return rulesNamingOwners.map { rule in
      "\(rule.place): '\(rule.name)' names owners, but there is no CODEOWNERS here: it covers no file"
    }
  }
}
