internal import Evidence

/// Why no rule is asked about a finding.
enum FindingExemption: Hashable {
  case allowed(AllowedFinding)
  case uncounted(FindingThreshold)

  var verdict: Verdict {
    switch self {
    case .allowed(let entry): Verdict(action: .allow, rule: entry.reference, because: entry.because)
    // It is shown: to be below a threshold opens nothing.
    case .uncounted(let threshold): Verdict(action: .report, rule: threshold.reference, because: "")
    }
  }

  var remark: String {
    switch self {
    case .allowed(let entry): "let through by \(entry.reference)"
    case .uncounted(let threshold): "which does not count by \(threshold.reference)"
    }
  }
}

/// What rules are not asked about in one message.
struct FindingExemptions {
  private let allowed: [String: AllowedFinding]
  private let time: Timestamp
  private var thresholds: [DataClass: FindingThreshold]
  /// Classes of which there are too few.
  private var few: Set<DataClass> = []

  init(_ question: Question, allowed: [String: AllowedFinding], thresholds: [DataClass: FindingThreshold]) {
    self.allowed = allowed
    self.thresholds = thresholds
    time = question.time
    for threshold in thresholds.values
    where threshold.atLeast > 1 && !question.counted.contains(threshold.dataClass) {
      if !reaches(threshold, question.findings) { few.insert(threshold.dataClass) }
    }
  }

  /// Whether there are as many different values. One without a fingerprint stands for many; a table for its records.
  private func reaches(_ threshold: FindingThreshold, _ findings: [Finding]) -> Bool {
    var values: Set<String> = []
    var records = 0
    for finding in findings where finding.dataClass == threshold.dataClass && finding.grade.rank >= threshold.grade.rank
    {
      if entry(for: finding) != nil { continue }
      guard let fingerprint = finding.fingerprint else { return true }
      if let table = finding.table { records = max(records, table.records) } else { values.insert(fingerprint) }
      if max(values.count, records) >= threshold.atLeast { return true }
    }
    return false
  }

  /// Classes with a threshold of which there are enough.
  var counted: Set<DataClass> { Set(thresholds.keys).subtracting(few) }

  /// What has the fingerprint of the file that it is from, so that one line of it would let through all others.
  private static let ofFiles: Set<String> = ["own-code", "own-code-renamed"]

  /// A canary is never allowed: it says that somebody reads what nobody should.
  private func entry(for finding: Finding) -> AllowedFinding? {
    guard finding.dataClass != .canary, finding.dataClass != .opaque, !Self.ofFiles.contains(finding.detector),
      let entry = finding.fingerprint.flatMap({ allowed[$0] })
    else { return nil }
    return entry.until.map { time <= $0 } == false ? nil : entry
  }

  subscript(finding: Finding) -> FindingExemption? {
    if let entry = entry(for: finding) { return .allowed(entry) }
    guard let threshold = thresholds[finding.dataClass] else { return nil }
    let counts = finding.grade.rank >= threshold.grade.rank && !few.contains(finding.dataClass)
    return counts ? nil : .uncounted(threshold)
  }
}
