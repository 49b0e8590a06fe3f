internal import Evidence

/// Findings with those left out that a table stands for: what is within one, or one for many of a column's; and of the
/// values of a table of the user's own, all but the first of a file.
struct FoldedFindings {
  private(set) var shown: [Entry] = []
  /// Those left out.
  private(set) var count = 0

  /// What has a line of its own.
  struct Entry {
    fileprivate(set) var finding: FileFinding
    /// `nil` for what is no value of a table of the user's own.
    var ownValues: OwnValues?
  }

  private struct Source: Hashable {
    let path: String
    let commit: String?
    let isName: Bool

    init(_ finding: FileFinding) { (path, commit, isName) = (finding.path, finding.commit, finding.isInName) }
  }

  /// Values of one table that have one line.
  private struct OwnTable: Hashable {
    let source: Source
    let name: String
    let grade: Grade
    let allowance: FileFinding.Allowance?
  }

  init(_ findings: [FileFinding]) {
    var tables: [Source: [FileFinding]] = [:]
    var own: [Source: [FileFinding]] = [:]
    for finding in findings {
      if finding.finding.table != nil { tables[Source(finding), default: []].append(finding) }
      if finding.finding.ownRow != nil { own[Source(finding), default: []].append(finding) }
    }
    var entries: [OwnTable: Int] = [:]
    for finding in findings {
      let source = Source(finding)
      if let row = finding.finding.ownRow {
        let table = OwnTable(
          source: source, name: row.table, grade: finding.finding.grade, allowance: finding.allowance)
        if let entry = entries[table] {
          shown[entry].ownValues?.add(finding.finding)
          // The place is that of one.
          if shown[entry].finding.finding.more != nil { shown[entry].finding = finding }
          count += finding.finding.more ?? 1
        } else {
          entries[table] = shown.count
          shown.append(Entry(finding: finding, ownValues: OwnValues(finding.finding)))
        }
      } else if tables[source]?.contains(where: { Self.stands($0, for: finding) }) == true
        || own[source]?.contains(where: { Self.isSameValue($0, finding) }) == true
      {
        count += finding.finding.more ?? 1
      } else {
        shown.append(Entry(finding: finding))
      }
    }
  }

  private static func stands(_ table: FileFinding, for finding: FileFinding) -> Bool {
    let (outer, inner) = (table.finding, finding.finding)
    guard let columns = outer.table?.columns, inner.table == nil, mayBeCell(inner), table.allowance == finding.allowance
    else { return false }
    // One without a fingerprint stands for many.
    if inner.fingerprint == nil { return columns.contains(inner.detector) }
    return isWithin(inner, outer)
  }

  /// Whether a value of a table of the user's own is what another detector found as well, but for a sign before it or
  /// behind it: a table's values are letters and digits.
  private static func isSameValue(_ value: FileFinding, _ finding: FileFinding) -> Bool {
    value.finding.fingerprint != nil && finding.finding.fingerprint != nil && finding.finding.table == nil
      && mayBeCell(finding.finding) && value.allowance == finding.allowance
      && isWithin(finding.finding, value.finding, but: longestSign)
  }

  private static func mayBeCell(_ finding: Finding) -> Bool {
    finding.dataClass == .personal || finding.dataClass == .financial
  }

  /// `(+`, as before a telephone number.
  private static let longestSign = 2

  /// - Parameter slack: bytes on each side.
  private static func isWithin(_ inner: Finding, _ outer: Finding, but slack: Int = 0) -> Bool {
    outer.span.start - slack <= inner.span.start && inner.span.end <= outer.span.end + slack
      && (inner.grade != .block || outer.grade == .block)
  }
}
