internal import Evidence

/// How many things findings are: most are one, and one for what is not told one by one is many.
struct ManyThings {
  private struct Kind: Hashable {
    let path: String
    let commit: String?
    let detector: String
    let dataClass: DataClass
    /// The user's own that values are of.
    let table: String?

    init(_ finding: FileFinding) {
      (path, commit) = (finding.path, finding.commit)
      (detector, dataClass) = (finding.finding.detector, finding.finding.dataClass)
      table = finding.finding.ownRow?.table
    }
  }

  /// Those told one by one, of kinds of which there are more.
  private var told: [Kind: Int] = [:]

  init(_ findings: [FileFinding]) {
    for finding in findings where finding.finding.more != nil { told[Kind(finding)] = 0 }
    guard !told.isEmpty else { return }
    for finding in findings where finding.finding.more == nil && !finding.isInName { told[Kind(finding)]? += 1 }
  }

  /// What to say of one that stands for many; `nil` for one thing.
  func sentence(of finding: FileFinding) -> String? {
    guard let more = finding.finding.more, let told = told[Kind(finding)] else { return nil }
    return "\((told + more).grouped) in all, the first \(told.grouped) told one by one"
  }

  static func count(_ findings: some Sequence<FileFinding>) -> Int {
    findings.reduce(0) { $0 + ($1.finding.more ?? 1) }
  }
}
