internal import Evidence

/// Findings with those left out that a table stands for: what is within one, or one for many of a column's.
struct FoldedFindings {
  private(set) var shown: [FileFinding] = []
  /// Those left out.
  private(set) var count = 0

  private struct Source: Hashable {
    let path: String
    let commit: String?

    init(_ finding: FileFinding) { (path, commit) = (finding.path, finding.commit) }
  }

  init(_ findings: [FileFinding]) {
    var tables: [Source: [FileFinding]] = [:]
    for finding in findings where finding.finding.table != nil { tables[Source(finding), default: []].append(finding) }
    for finding in findings {
      if tables[Source(finding)]?.contains(where: { Self.stands($0, for: finding) }) == true {
        count += 1
      } else {
        shown.append(finding)
      }
    }
  }

  private static func stands(_ table: FileFinding, for finding: FileFinding) -> Bool {
    let (outer, inner) = (table.finding, finding.finding)
    guard let columns = outer.table?.columns, inner.table == nil,
      inner.dataClass == .personal || inner.dataClass == .financial, table.allowance == finding.allowance
    else { return false }
    // One without a fingerprint stands for many.
    if inner.fingerprint == nil { return columns.contains(inner.detector) }
    let isWithin = outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
    return isWithin && (inner.grade != .block || outer.grade == .block)
  }
}
