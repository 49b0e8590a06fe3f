internal import Evidence
internal import Presentation
internal import Testing

@Suite struct FileFindingsTextTests {
  private func finding(
    _ detector: String, _ span: Span, _ dataClass: DataClass = .personal, _ grade: Grade = .redact,
    fingerprint: String? = "00", table: FoundTable? = nil, ownRow: OwnRow? = nil, more: Int? = nil,
    path: String = "a.csv"
  ) -> FileFinding {
    FileFinding(
      path: path, start: TextPlace(line: 1, column: 1), end: TextPlace(line: 1, column: 2),
      finding: Finding(
        detector: detector, dataClass: dataClass, grade: grade, place: .body, span: span, fingerprint: fingerprint,
        table: table, ownRow: ownRow, more: more))
  }

  private func value(_ number: Int, of table: String, row: Int?, path: String = "a.csv") -> FileFinding {
    finding(
      "own-table", Span(number * 10, number * 10 + 8), .personal, row == nil ? .redact : .block,
      fingerprint: "\(number)", ownRow: OwnRow(table: table, number: row), path: path)
  }

  @Test(
    "values of your own table are one line a table and file, with its rows, and what else was found there is not told")
  func ownTables() {
    let rows = (0..<6).flatMap { [value($0, of: "customers", row: $0 / 2), value($0, of: "suppliers", row: 7)] }
    let mail = finding("email-address", Span(10, 18))
    let phone = finding("phone-international", Span(19, 28))
    let elsewhere = [value(0, of: "customers", row: 3, path: "b.csv"), finding("email-address", Span(200, 220))]
    let lines = text(rows + [mail, phone] + elsewhere)
    #expect(lines.filter { $0.contains("own-table") }.count == 3)
    #expect(lines.contains { $0.contains("a.csv") && $0.contains("3 rows of your table customers") }, "\(lines)")
    #expect(lines.contains { $0.contains("1 row of your table suppliers") })
    #expect(lines.contains { $0.contains("b.csv") && $0.contains("1 row of your table customers") })
    #expect(lines.filter { $0.contains("email-address") }.count == 1)
    #expect(lines.last?.contains("16 found (12 of them in tables)") == true, "\(lines)")
  }

  @Test("values of your own table that stand alone are told as such, and more than are told one by one as more")
  func ownValues() {
    let many = finding("own-table", Span(0, 1000), fingerprint: nil, ownRow: OwnRow(table: "customers"))
    let lines = text((0..<4).map { value($0, of: "customers", row: nil) } + [value(9, of: "customers", row: 1), many])
    #expect(lines.contains { $0.contains("4 values and more of your table customers") && $0.contains("redact") })
    #expect(lines.contains { $0.contains("1 row of your table customers") && $0.contains("block") })
  }

  private func text(_ findings: [FileFinding]) -> [String] {
    let report = FileInspectionReport(findings: findings, files: 1, bytes: 1000)
    return FileFindingsText(report, names: ["customer-records": "Records of people"]).lines(columns: 200)
      .rendered(.plain).split(separator: "\n").map(String.init)
  }

  @Test("a table is one line with its records, and what is in it is counted")
  func folded() {
    let table = finding(
      "customer-records", Span(0, 900), fingerprint: "11", table: FoundTable(records: 1200, columns: ["iban", "phone"]))
    let cells = (0..<5).map { finding("iban", Span($0 * 100, $0 * 100 + 22), .financial) }
    let many = finding("iban", Span(0, 1000), .financial, fingerprint: nil)
    let lines = text([table] + cells + [many])
    #expect(lines.count(where: { $0.contains("iban") }) == 1)
    #expect(lines.contains { $0.contains("Records of people: 1,200") && $0.contains("of iban, phone") })
    #expect(lines.last?.contains("7 found (6 of them in tables)") == true, "\(lines)")
  }

  @Test("what stands for many is told with their number, and at no place")
  func many() {
    let told = (0..<3).map { finding("email-address", Span($0 * 100, $0 * 100 + 22)) }
    let rest = finding("email-address", Span(0, 1000), fingerprint: nil, more: 1_200)
    let lines = text(told + [rest])
    #expect(lines.contains { $0.hasPrefix("a.csv  ") && $0.contains("email-address: 1,200 more") })
    #expect(lines.contains { $0.contains("1,203 in all, the first 3 told one by one") })
    #expect(lines.last?.contains("1,203 found") == true, "\(lines)")
  }

  @Test("what is no cell of the table keeps its line")
  func kept() {
    let table = finding(
      "customer-records", Span(0, 500), fingerprint: "11", table: FoundTable(records: 12, columns: ["iban"]))
    let others = [
      finding("github-token", Span(10, 50), .credential, .block), finding("iban", Span(600, 622), .financial),
      finding("payment-card", Span(100, 116), .financial, .block), finding("iban", Span(10, 32), path: "b.csv"),
      finding("phone-pl", Span(0, 1000), fingerprint: nil),
    ]
    #expect(text([table] + others).last?.contains("6 found") == true)
    #expect(text([table] + others).last?.contains("tables") == false)
  }
}
