internal import Evidence
internal import Glibc
internal import Testing

@testable internal import Run

@Suite("The report of a run")
struct ReportTests {
  @Test("the report has the documented members and no others")
  func members() throws {
    let report = try RecordedRun.record([RecordedRun.exchange("a.example")]).report
    #expect(
      report.object.map { Set($0.keys) } == [
        "version", "run", "agent", "command", "workspace", "started", "ended", "policy", "sandbox", "exchanges",
        "programs", "files", "filesIndexed", "opened", "runsLater", "protected", "notLookedAt",
        "observationIncomplete", "namesAsked",
        "names",
        "connectionsTried",
        "datagramsRefused", "endedFromOutside", "survivors", "totals", "ledger", "exitStatus",
      ])
    #expect(report["version"]?.integer == 1)
    #expect(report["run"]?.string?.hasPrefix("r_") == true)
    #expect(report["command"]?.array?.compactMap(\.string) == ["claude", "-p", "hello"])
    #expect(report["started"]?.string == "1970-01-01T00:00:01.000Z")
    #expect(report["policy"] == ["file": "sallyport.yaml", "posture": "control", "durability": "disk"])
    #expect(report["sandbox"] == ["layers": [["layer": "landlock", "detail": "ABI 7"]]])
    #expect(report["exitStatus"]?.integer == 143)
    #expect(
      report["ledger"] == [
        "directory": "/state/ledger", "origin": "o", "size": 9, "entries": 7, "verified": true, "checkpoint": "o\n9\n",
      ])
  }

  @Test("the totals add up over all exchanges")
  func totals() throws {
    let report = try RecordedRun.record([
      RecordedRun.exchange("a.example", findings: [RecordedRun.finding("email")], forwarded: 90, received: 5),
      RecordedRun.exchange("a.example", action: .block),
      RecordedRun.exchange("b.example", protocolName: .uninspected, forwarded: 7, received: 1),
    ]).report
    #expect(
      report["totals"] == [
        "exchanges": 3, "blocked": 1, "findings": 1, "requestBytes": 300, "inspectedBytes": 300,
        "forwardedBytes": 97, "responseBytes": 6, "uninspectedBytes": 7, "files": 0, "lines": 0,
      ])
  }

  @Test("files and programs are told as they were seen")
  func observed() throws {
    let file = OpenedFile(
      path: "/w/.git/config", program: "/usr/bin/git", forWriting: true, isThere: false, reason: .gitConfiguration)
    let report = try RecordedRun.record(files: [file], programs: [("/bin/sh", 2)]).report
    #expect(
      report["opened"] == [
        [
          "path": "/w/.git/config", "program": "/usr/bin/git", "forWriting": true, "isThere": false,
          "reason": "git configuration",
        ]
      ])
    #expect(report["programs"] == [["path": "/bin/sh", "count": 2]])
  }

  private func write(_ report: JSONValue, into directory: String) throws -> String {
    try OutputDirectory(directory, option: "--report", changeable: []).write(
      try CanonicalJSON.encode(report) + [UInt8(ascii: "\n")], as: RunOutputs.reportName)
  }

  @Test("a ledger that could not be written to its end says why")
  func ledgerProblem() throws {
    var record = try RecordedRun.record()
    record.ledger.problem = RunError(.state, at: "/state/ledger", "the disk is full.", remedy: "Make room.")
    #expect(record.report["ledger"]?["problem"]?.string == "/state/ledger: the disk is full. Make room.")
  }

  @Test("the file holds the report, is its owner's alone, and has no draft beside it")
  func written() throws {
    let place = try Place()
    let report = try RecordedRun.record([RecordedRun.exchange("a.example")]).report
    let path = try write(report, into: place.path("out"))
    #expect(path == place.path("out/report.json"))
    #expect(try place.names("out") == ["report.json"])
    let text = try #require(FilePaths.read(path, limit: 1 << 20))
    #expect(try JSONParser.parse(text) == report)
    #expect(text.hasSuffix("}\n"))
    #expect(try place.permissions(path) == "600")
  }

  @Test("an older report is replaced as a whole: who has it open keeps what it held")
  func replaced() throws {
    let place = try Place()
    let path = try place.file("report.json", String(repeating: "old ", count: 10_000))
    let reader = try #require(fopen(path, "r"))
    defer { fclose(reader) }
    _ = try write(["version": 1], into: place.root)
    #expect(FilePaths.read(path, limit: 100) == "{\"version\":1}\n")
    #expect(fgetc(reader) == CInt(UInt8(ascii: "o")))
  }

  @Test("a report that cannot take its place leaves no draft behind")
  func obstructed() throws {
    let place = try Place()
    place.directory("report.json/full")
    let error = #expect(throws: RunError.self) { _ = try write(["version": 1], into: place.root) }
    #expect(error?.code == .state)
    #expect(try place.names() == ["report.json"])
  }

  @Test("the page and the findings are made of the report as it is written")
  func rendered() throws {
    let finding = RecordedRun.finding("github-token")
    let report = try RecordedRun.record([RecordedRun.exchange("a.example", action: .block, findings: [finding])]).report
    let files = try ReportRendering.files(of: report)
    #expect(files.map(\.name) == ["report.html", "findings.sarif"])
    #expect(String(decoding: files[0].bytes, as: UTF8.self).contains("a.example"))
    #expect(try JSONParser.parse(files[1].bytes)["version"]?.string == "2.1.0")
  }

  @Test("a report that the page cannot show is told with the member that it stumbles over")
  func unrendered() throws {
    let error = #expect(throws: RunError.self) { _ = try ReportRendering.files(of: ["version": 1, "run": "r"]) }
    #expect(error?.sentence.contains("run is no run's identifier") == true)
  }
}
