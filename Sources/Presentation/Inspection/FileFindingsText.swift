package import Evidence

/// Findings in files for people: where each is, what it is, and what was not looked into.
package struct FileFindingsText: Sendable {
  private let report: FileInspectionReport
  private let names: [String: String]
  private let showsAllowed: Bool
  private let many: ManyThings

  /// - Parameters:
  ///   - names: of detectors, for people, by their ids.
  ///   - showsAllowed: also what somebody said may stay.
  package init(_ report: FileInspectionReport, names: [String: String], showsAllowed: Bool = false) {
    self.report = report
    self.names = names
    self.showsAllowed = showsAllowed
    many = ManyThings(report.findings)
  }

  /// Gaps that are named; of more, the number is.
  private static let gapsShown = 10

  package func lines(columns: Int) -> [Line] {
    let folded = FoldedFindings(showsAllowed ? report.findings : report.open)
    let shown = folded.shown
    var table = Table([
      .init("place", ellipsis: .atStart), .init("found", ellipsis: .atEnd), .init("grade"),
      .init("", ellipsis: .atEnd),
    ])
    table.rows = shown.map(row)
    let found = shown.isEmpty ? [] : table.lines(columns: columns) + [Line()]
    return found + gaps(columns) + [summary(folded).cut(to: columns)]
  }

  private func row(_ entry: FoldedFindings.Entry) -> [Piece] {
    let finding = entry.finding
    let commit = finding.commit.map { " \($0.prefix(10))" } ?? ""
    let inner = finding.finding
    // What stands for many stands at no place, and neither does a name.
    let point = inner.more == nil && !finding.isInName ? ":\(finding.start.line):\(finding.start.column)" : ""
    let place = "\(Sanitised(finding.path).text)\(point)\(commit)"
    return [
      Piece(place), Piece(entry.ownValues?.text ?? name(of: inner)),
      Piece(inner.grade.rawValue, inner.grade == .block ? .bad : .notice),
      Piece(remark(finding), .muted),
    ]
  }

  private func name(of finding: Finding) -> String {
    let name = names[finding.detector] ?? finding.detector
    if let more = finding.more { return "\(name): \(more.grouped) more" }
    return finding.table.map { "\(name): \($0.records.grouped)" } ?? name
  }

  private func remark(_ finding: FileFinding) -> String {
    let name = finding.isInName ? ["in the name"] : []
    let layers = finding.finding.layers.isEmpty ? [] : ["under " + finding.finding.layers.joined(separator: ", ")]
    let allowed: [String]
    switch finding.allowance {
    case .inline(let reason): allowed = ["allowed: " + Sanitised(reason).text]
    case .baseline: allowed = ["in the baseline"]
    case .planted: allowed = ["planted here"]
    case nil: allowed = []
    }
    let columns = finding.finding.table.map { ["of " + $0.columns.joined(separator: ", ")] } ?? []
    let count = many.sentence(of: finding).map { [$0] } ?? []
    return ([finding.finding.detector] + name + columns + count + layers + allowed).joined(separator: "; ")
  }

  private func gaps(_ columns: Int) -> [Line] {
    let gaps = showsAllowed ? report.gaps : report.openGaps
    guard !gaps.isEmpty else { return [] }
    let shown = gaps.prefix(Self.gapsShown).map { gap in
      let allowed = gap.isInBaseline ? "; in the baseline" : ""
      return Line(
        Piece(
          "  \(Sanitised(gap.path).text): \(Sanitised(gap.reason).text)\(allowed)", gap.isInBaseline ? .notice : .bad))
    }
    let rest = gaps.count - shown.count
    let more = rest > 0 ? [Line(Piece("  and \(rest.grouped) more", .muted))] : []
    return ([Line(Piece("not looked into", .strong))] + shown + more + [Line()]).map { $0.cut(to: columns) }
  }

  private func summary(_ folded: FoldedFindings) -> Line {
    let open = ManyThings.count(report.open)
    let allowed = ManyThings.count(report.findings) - open
    var text = "\(report.files.grouped) file\(report.files == 1 ? "" : "s"), \(ByteCount(report.bytes)): "
    text += open == 0 ? "nothing found" : "\(open.grouped) found"
    if folded.count > 0 { text += " (\(folded.count.grouped) of them in tables)" }
    if allowed > 0 { text += ", \(allowed.grouped) allowed" }
    let missed = report.openGaps.count
    if missed > 0 { text += ", \(missed.grouped) not looked into" }
    return Line(Piece(text, open + missed == 0 ? .good : .bad))
  }
}
