internal import Documents
internal import Evidence

extension PolicyReader {
  /// `findings`, by class.
  mutating func thresholds(_ node: DocumentNode) -> [DataClass: FindingThreshold] {
    var thresholds: [DataClass: FindingThreshold] = [:]
    let fields = reading.fields(node, keys: PolicyKeys.findings, of: "findings")
    for dataClass in FindingThreshold.classes {
      guard let node = fields[dataClass.rawValue] else { continue }
      let fields = reading.fields(node, keys: PolicyKeys.threshold, of: "findings of a class")
      let grade = fields["grade"].flatMap { reading.word($0, of: Grade.self, as: "a grade") }
      let atLeast = fields["at-least"].flatMap {
        reading.integer($0, in: 1...PolicyLimits.leastFindings, as: "how many different values")
      }
      let least = grade ?? .note
      if let atLeast, atLeast > PolicyLimits.leastNotes, least == .note {
        reading.report(
          fields["at-least"]?.place ?? node.place, found: "\(atLeast) where notes count",
          expected: "at most \(PolicyLimits.leastNotes), or grade: redact, since no more notes of a kind are told")
      }
      thresholds[dataClass] = FindingThreshold(
        dataClass: dataClass, grade: least, atLeast: atLeast ?? 1, place: node.place)
    }
    return thresholds
  }

  /// `allow-findings`, by fingerprint.
  mutating func allowedFindings(_ node: DocumentNode) -> [String: AllowedFinding] {
    let nodes = reading.list(node, of: "maps with fingerprint and because")
    guard nodes.count <= PolicyLimits.allowedFindings else {
      reading.report(
        node.place, found: "\(nodes.count) entries", expected: "at most \(PolicyLimits.allowedFindings)")
      return [:]
    }
    var allowed: [String: AllowedFinding] = [:]
    for node in nodes {
      let fields = reading.fields(
        node, keys: PolicyKeys.allowedFinding, required: ["fingerprint", "because"], of: "an allowed finding")
      let until = fields["until"].map {
        reading.value($0, as: AllowedFinding.dateForm, AllowedFinding.lastMoment)
      }
      guard let fingerprintNode = fields["fingerprint"], let becauseNode = fields["because"],
        let fingerprint = reading.value(
          fingerprintNode, as: AllowedFinding.fingerprintForm, AllowedFinding.fingerprint),
        let because = reason(becauseNode)
      else { continue }
      if let first = allowed[fingerprint] {
        reading.report(
          node.place, found: "a second entry for \(fingerprint.prefix(8))…",
          expected: "one; the first is at line \(first.place.line)")
      }
      allowed[fingerprint] = AllowedFinding(
        fingerprint: fingerprint, because: because, until: until ?? nil, place: node.place)
    }
    return allowed
  }
}
