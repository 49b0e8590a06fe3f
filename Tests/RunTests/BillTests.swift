internal import Evidence
internal import Presentation
internal import Testing

@testable internal import Run

@Suite("The bill of a run")
struct BillTests {
  @Test("exchanges of one purpose with one destination are one row")
  func rows() throws {
    let bill = try RecordedRun.record([
      RecordedRun.exchange("api.example.com", forwarded: 10, received: 1),
      RecordedRun.exchange("api.example.com", forwarded: 20, received: 2),
      RecordedRun.exchange("api.example.com", purpose: .telemetry, action: .block, rule: "telemetry"),
      RecordedRun.exchange("api.example.com", port: 8443, forwarded: 5, received: 5),
    ]).bill(reportPath: nil)
    let rows = bill.rows.sorted { ($0.purpose.rawValue, $0.destination) < ($1.purpose.rawValue, $1.destination) }
    #expect(
      rows == [
        .init(purpose: .model, destination: "api.example.com", requests: 2, bytesOut: 30, bytesIn: 3),
        .init(purpose: .model, destination: "api.example.com:8443", requests: 1, bytesOut: 5, bytesIn: 5),
        .init(purpose: .telemetry, destination: "api.example.com", requests: 1, bytesOut: 0, bytesIn: 0, blocked: 1),
      ])
  }

  @Test("bytes that a rule left unseen are told apart")
  func uninspected() throws {
    let bill = try RecordedRun.record([
      RecordedRun.exchange("a.example", protocolName: .uninspected, forwarded: 70),
      RecordedRun.exchange("a.example", forwarded: 30),
    ]).bill(reportPath: nil)
    #expect(bill.rows.map(\.bytesOut) == [100])
    #expect(bill.rows.map(\.uninspectedBytes) == [70])
  }

  @Test("a rule that stopped something is one line with its hosts, the most frequent first")
  func blockedRules() throws {
    let bill = try RecordedRun.record([
      RecordedRun.exchange("b.example", action: .block, rule: "uploads"),
      RecordedRun.exchange("c.example", action: .block, rule: "telemetry"),
      RecordedRun.exchange("a.example", action: .block, rule: "telemetry"),
      RecordedRun.exchange("a.example", action: .block, rule: "telemetry"),
      RecordedRun.exchange("d.example"),
    ]).bill(reportPath: nil)
    #expect(bill.blockedRules.map(\.sentence) == ["telemetry: a.example, c.example", "uploads: b.example"])
    #expect(bill.blockedRules.map(\.count) == [3, 1])
    #expect(bill.blockedRules.allSatisfy { $0.remedy == "Ask for it." })
  }

  @Test("equal findings are counted, and the layers that hid one are named")
  func findings() throws {
    let hidden = RecordedRun.finding("github-token", layers: ["gzip", "base64"])
    let bill = try RecordedRun.record([
      RecordedRun.exchange("a.example", action: .block, findings: [hidden, hidden]),
      RecordedRun.exchange("a.example", action: .block, findings: [hidden]),
      RecordedRun.exchange("a.example", findings: [RecordedRun.finding("email")]),
    ]).bill(reportPath: nil)
    #expect(bill.findings.map(\.detector) == ["email", "github-token"])
    #expect(bill.findings.map(\.count) == [1, 3])
    #expect(bill.findings.last?.place.contains("under gzip, base64 to a.example") == true)
    #expect(bill.rows.map(\.findings) == [4])
  }

  @Test("a file that was not there was looked for, and not read or written")
  func missingFiles() throws {
    let files = [true, false].map { isWriting in
      OpenedFile(
        path: "/h/.netrc", program: "/bin/cat", forWriting: isWriting, isThere: false, reason: .credentialStore)
    }
    let bill = try RecordedRun.record(files: files).bill(reportPath: nil)
    #expect(Set(bill.noteworthyFiles.map(\.what)) == ["credential store, looked for by /bin/cat"])
  }

  @Test("the run's own facts are carried over")
  func facts() throws {
    let file = OpenedFile(
      path: "/h/.ssh/id", program: "/bin/cat", forWriting: false, isThere: true, reason: .credentialStore)
    let record = try RecordedRun.record(files: [file], programs: [("/bin/sh", 2), ("/bin/cat", 1)])
    let bill = record.bill(reportPath: "out/report.json")
    #expect(bill.duration == .milliseconds(2_500))
    #expect(bill.programs == ["/bin/sh", "/bin/cat"])
    #expect(bill.noteworthyFiles == [.init(path: "/h/.ssh/id", what: "credential store, read by /bin/cat")])
    #expect(bill.reportPath == "out/report.json")
    #expect(bill.exitStatus == 143)
    #expect(bill.ledger.checkpointSize == 9)
    #expect(bill.ledger.entries == 7)
    #expect(bill.ledger.isVerified)
  }
}
