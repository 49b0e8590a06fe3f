/// One sensitive thing in a file at rest.
package struct FileFinding: Sendable, Hashable {
  /// As it was named, or as it was found beneath what was named; `-` for standard input.
  package let path: String
  /// The commit that brought it, where history was looked at.
  package let commit: String?
  package let start: TextPlace
  /// Behind the last byte of it.
  package let end: TextPlace
  /// Its span counts in the file's bytes, or in those of the last part of its name.
  package let finding: Finding
  /// Whether it is in the file's name and not in what the file holds; in the place of a credential ``path`` has the detector's name.
  package let isInName: Bool
  /// Why it may stay, where somebody said so.
  package var allowance: Allowance?

  package init(
    path: String, commit: String? = nil, start: TextPlace, end: TextPlace, finding: Finding,
    isInName: Bool = false, allowance: Allowance? = nil
  ) {
    self.path = path
    self.commit = commit
    self.start = start
    self.end = end
    self.finding = finding
    self.isInName = isInName
    self.allowance = allowance
  }

  /// Who said that a finding may stay.
  package enum Allowance: Sendable, Hashable {
    /// A comment beside it, with its reason.
    case inline(reason: String)
    /// A baseline: it was there when that was written.
    case baseline
    /// A canary where it was planted.
    case planted
  }
}

extension FileFinding: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path), "start": start.json, "end": end.json, "detector": .string(finding.detector),
      "class": .string(finding.dataClass.rawValue), "grade": .string(finding.grade.rawValue),
      "severity": .string(finding.severity.rawValue),
      "span": finding.span.json, "layers": .array(finding.layers.map { .string($0) }),
    ]
    if isInName { members["inName"] = true }
    members["commit"] = commit.map { .string($0) }
    members["fingerprint"] = finding.fingerprint.map { .string($0) }
    members["table"] = finding.table?.json ?? finding.ownRow.map { ["name": .string($0.table)] }
    members["more"] = finding.more.map { .integer($0) }
    switch allowance {
    case .inline(let reason): members["allowed"] = ["by": "inline", "reason": .string(reason)]
    case .baseline: members["allowed"] = ["by": "baseline"]
    case .planted: members["allowed"] = ["by": "planted"]
    case nil: break
    }
    return .object(members)
  }
}
