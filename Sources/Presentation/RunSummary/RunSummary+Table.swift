internal import Evidence

extension RunSummary {
  /// What matters first where not all fit: who got most, then stopped, then found, then unseen, then by size.
  var rankedRows: [RunBill.Row] {
    let most = bill.rows.map(\.bytesOut).max() ?? 0
    return bill.rows.sorted { left, right in
      let (isFirst, isSecond) = (left.bytesOut == most && most > 0, right.bytesOut == most && most > 0)
      if isFirst != isSecond { return isFirst }
      let leftRank = (left.blocked, left.findings, left.uninspectedBytes, left.bytesOut)
      let rightRank = (right.blocked, right.findings, right.uninspectedBytes, right.bytesOut)
      return leftRank == rightRank ? left.destination < right.destination : leftRank > rightRank
    }
  }

  /// The head, a row for each purpose and destination, the total, and a blank line.
  func table(showing count: Int) -> [Line] {
    if bill.rows.isEmpty {
      let isIdle = bill.tried.isNothing && bill.noteworthyFiles.isEmpty
      let sentence = isIdle ? "Nothing was sent, and nothing was tried." : "Nothing was sent."
      return [Line(Piece("  " + sentence, .muted)), Line()]
    }
    let ranked = rankedRows
    var rows: [[Piece]] = []
    var purposeBefore: Purpose?
    for row in ranked.prefix(count).sorted(by: Self.readingOrder) {
      let purpose = row.purpose == purposeBefore ? "" : row.purpose.rawValue
      purposeBefore = row.purpose
      rows.append(
        [Piece(purpose), Piece(row.destination, row.blocked == row.requests ? .muted : nil)]
          + figures(of: [row], tint: nil))
    }
    let rest = Array(ranked.dropFirst(count))
    if !rest.isEmpty {
      rows.append(
        [Piece("…", .muted), Piece("and \(rest.count.grouped) more", .muted)] + figures(of: rest, tint: .muted))
    }
    rows.append([Piece("total", .strong), Piece(destinationCount, .muted)] + figures(of: bill.rows, tint: .strong))
    return Table(columns, rows: rows).lines(columns: terminal.tableColumns, indentation: 2) + [Line()]
  }

  private static func readingOrder(_ left: RunBill.Row, _ right: RunBill.Row) -> Bool {
    if left.purpose != right.purpose { return left.purpose.readingPosition < right.purpose.readingPosition }
    return left.bytesOut == right.bytesOut ? left.destination < right.destination : left.bytesOut > right.bytesOut
  }

  private var destinationCount: String {
    Set(bill.rows.map(\.destination)).count.counted("destination")
  }

  private var columns: [Table.Column] {
    [
      .init("purpose"), .init("destination", ellipsis: .atStart), .init("requests", .trailing),
      .init("out", .trailing), .init("in", .trailing), .init("found", .trailing), .init("blocked", .trailing),
    ]
  }

  private func figures(of rows: [RunBill.Row], tint: Tint?) -> [Piece] {
    func sum(_ figure: (RunBill.Row) -> Int) -> Int { rows.reduce(0) { $0.saturatingSum(figure($1)) } }
    func flagged(_ count: Int, _ flag: Tint) -> Piece { count == 0 ? Piece("·", .muted) : Piece(count.grouped, flag) }
    return [
      Piece(sum(\.requests).grouped, tint), Piece(ByteCount(sum(\.bytesOut)).description, tint),
      Piece(ByteCount(sum(\.bytesIn)).description, tint), flagged(sum(\.findings), .notice),
      flagged(sum(\.blocked), .bad),
    ]
  }
}
