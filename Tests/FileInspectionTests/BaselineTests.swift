internal import Evidence
internal import FileInspection
internal import Testing

@Suite("Baselines")
struct BaselineTests {
  private func finding(_ path: String, _ fingerprint: String?, detector: String = "github-token") -> FileFinding {
    let place = TextPlace(line: 1, column: 1)
    return FileFinding(
      path: path, start: place, end: place,
      finding: Finding(
        detector: detector, dataClass: .credential, grade: .block, place: .body, span: Span(0, 4),
        fingerprint: fingerprint))
  }

  @Test("of what is not told one by one it knows the number, and lets no more stand")
  func numerous() throws {
    func many(_ more: Int) -> FileFinding {
      let place = TextPlace(line: 1, column: 1)
      return FileFinding(
        path: "a", start: place, end: place,
        finding: Finding(
          detector: "email-address", dataClass: .personal, grade: .redact, place: .body, span: Span(0, 9), more: more))
    }
    let files = try Files()
    let baseline = Baseline(key: Baseline.randomKey(), of: [many(200), finding("a", "4567")])
    try files.write(baseline.text, to: "baseline.json")
    let read = try Baseline.read("\(files.root)/baseline.json")
    #expect(read == baseline && read.count == 201)
    #expect(read.contains(many(200)) && read.contains(many(7)) && !read.contains(many(201)))
  }

  @Test("what was there when it was written is known, wherever in the file it stands now")
  func known() {
    let baseline = Baseline(key: Baseline.randomKey(), of: [finding("src/a", "abcd0000")])
    #expect(baseline.contains(finding("src/a", "abcd0000")))
    #expect(baseline.contains(finding("./src/a", "abcd0000")))
    #expect(!baseline.contains(finding("src/b", "abcd0000")))
    #expect(!baseline.contains(finding("src/a", "abce0000")))
    #expect(!baseline.contains(finding("src/a", "abcd0000", detector: "npm-token")))
  }

  @Test("it tells four digits of what was found, and nothing else of it")
  func discretion() {
    let text = Baseline(key: Baseline.randomKey(), of: [finding("a", "abcdef0123456789")]).text
    #expect(text.contains("abcd"))
    #expect(!text.contains("abcde"))
  }

  @Test("it reads what it writes, and writes the same again")
  func roundTrip() throws {
    let files = try Files()
    let baseline = Baseline(
      key: Baseline.randomKey(),
      of: [
        finding("b \"x\"\n", "0123"), finding("a", "4567"), finding("a", "89ab"),
        // One that stands for many.
        finding("a", nil, detector: "email-address"),
      ])
    try files.write(baseline.text, to: "baseline.json")
    let read = try Baseline.read("\(files.root)/baseline.json")
    #expect(read == baseline)
    #expect(read.text == baseline.text)
    #expect(read.count == 4)
  }

  @Test(
    "what is none is refused by name",
    arguments: [
      "", "{}", "[]", #"{"version":2,"key":"00","findings":[]}"#, #"{"version":1,"key":"zz","findings":[]}"#,
      #"{"version":1,"key":"00","findings":[]}"#,
    ])
  func none(_ text: String) throws {
    let files = try Files()
    try files.write(text, to: "baseline.json")
    let error = #expect(throws: FileInspectionError.self) { try Baseline.read("\(files.root)/baseline.json") }
    #expect(error?.code == .baseline)
    #expect(error?.place.hasSuffix("baseline.json") == true)
  }

  @Test("one that is not there is missing, not wrong")
  func missing() throws {
    let error = #expect(throws: FileInspectionError.self) { try Baseline.read("/nowhere/baseline.json") }
    #expect(error?.code == .missing)
  }
}
