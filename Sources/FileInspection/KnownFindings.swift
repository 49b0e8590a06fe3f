internal import Evidence

/// What a content had before it was changed.
struct KnownFindings {
  private var things: Set<Thing> = []
  /// How many were not told one by one.
  private var numbers: [Thing: Int] = [:]

  /// What was found, wherever it stands.
  private struct Thing: Hashable {
    let detector: String
    let dataClass: DataClass
    let fingerprint: String?
    /// The user's own that values are of.
    let table: String?

    init(_ finding: Finding) {
      (detector, dataClass, fingerprint) = (finding.detector, finding.dataClass, finding.fingerprint)
      table = finding.ownRow?.table
    }
  }

  init(_ findings: [Finding]) {
    for finding in findings {
      if let more = finding.more { numbers[Thing(finding)] = more } else { things.insert(Thing(finding)) }
    }
  }

  /// Whether it was there; of what is not told one by one, whether there were as many.
  func contains(_ finding: Finding) -> Bool {
    guard let more = finding.more else { return things.contains(Thing(finding)) }
    return numbers[Thing(finding)].map { more <= $0 } ?? false
  }
}
