internal import Evidence
internal import Presentation
internal import Testing

@Suite("Findings in files as SARIF")
struct FileFindingsSARIFTests {
  private func results(_ findings: [Finding]) -> [JSONValue] {
    let place = TextPlace(line: 1, column: 1)
    let report = FileInspectionReport(
      findings: findings.map { FileFinding(path: "a.csv", start: place, end: place, finding: $0) }, files: 1, bytes: 9)
    let log = FileFindingsSARIF(report, names: ["customer-records": "Records of people", "iban": "IBAN"]).json
    return log["runs"]?.array?.first?["results"]?.array ?? []
  }

  @Test("a table is told with the number of its records")
  func records() {
    let table = Finding(
      detector: "customer-records", dataClass: .personal, grade: .block, place: .body, span: Span(0, 9),
      table: FoundTable(records: 1_200, columns: ["iban"]))
    let result = results([table]).first
    #expect(result?["message"]?["text"] == "Records of people: 1,200.")
    #expect(result?["properties"]?["records"] == 1_200)
  }

  @Test("what stands for many says how many, and is a result of the whole file")
  func many() {
    let one = Finding(detector: "iban", dataClass: .financial, grade: .block, place: .body, span: Span(0, 4))
    let rest = Finding(
      detector: "iban", dataClass: .financial, grade: .block, place: .body, span: Span(0, 9), more: 200)
    let results = results([one, rest])
    #expect(
      results.map { $0["message"]?["text"] } == ["IBAN.", "IBAN: 200 more; 201 in all, the first 1 told one by one."])
    let places = results.map { $0["locations"]?.array?.first?["physicalLocation"] }
    #expect(places.map { $0?["region"] != nil } == [true, false])
    #expect(places.allSatisfy { $0?["artifactLocation"]?["uri"] == "a.csv" })
  }
}
