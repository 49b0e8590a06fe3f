import Evidence
import Testing

@testable import Presentation

@Suite("A stored report")
struct RunReportTests {
  @Test("every member that there is is read")
  func rich() throws {
    let json = try ReportSample.rich()
    let report = try RunReport(json: json)
    #expect(report.run.text == "r_4f9c0a1b2c3d4e5f")
    #expect(report.agent == Agent(id: "claude-code", version: "2.1.63", versionSource: .installed))
    #expect(report.exchanges.count == json["exchanges"]?.array?.count)
    // As bytes: a share of 0 may be read as a whole number or not.
    let written = try CanonicalJSON.encode(.array(report.exchanges.map(\.json)))
    let isSame = try json["exchanges"].map { try CanonicalJSON.encode($0) } == written
    #expect(isSame)
    #expect(report.files.count == report.totals.files)
    #expect(report.opened.count == 3)
    #expect(report.filesIndexed?.leftOutCount == 31)
    #expect(report.runsLater.map(\.change) == [.new, .changed])
    #expect(report.connectionsTried.map(\.isDatagram) == [false, true])
    #expect(report.ledger.isVerified)
    #expect(
      report.duration == .milliseconds(report.ended.millisecondsSinceEpoch - report.started.millisecondsSinceEpoch))
  }

  @Test("members that were added to the format later may be absent, and unknown ones are passed over")
  func tolerant() throws {
    let newer = [
      "filesIndexed", "runsLater", "observationIncomplete", "namesAsked", "names", "connectionsTried",
      "datagramsRefused", "endedFromOutside", "survivors",
    ]
    var members = try #require(try ReportSample.rich().object)
    for name in newer { members[name] = nil }
    members["future"] = ["anything": [1, 2, 3]]
    let exchanges = members["exchanges"]?.array?.compactMap(\.object).map { exchange -> JSONValue in
      var exchange = exchange
      for name in ["sources", "sourceShare", "commonLines", "attributionGap", "reasons", "requestBodyBytes"] {
        exchange[name] = nil
      }
      return .object(exchange)
    }
    members["exchanges"] = exchanges.map { .array($0) }
    let report = try RunReport(json: .object(members))
    #expect(report.filesIndexed == nil)
    #expect(report.survivors == 0)
    #expect(report.policy.durability == nil)
    #expect(report.exchanges.allSatisfy { $0.attributed == Attributed(gap: .off) })
  }

  /// A place in the report, what stands there instead, and the error.
  struct Fault: CustomTestStringConvertible, Sendable {
    let place: [String]
    let value: JSONValue?
    let error: String
    var testDescription: String { error }
  }

  @Test(
    "what is not as the schema has it is named",
    arguments: [
      Fault(place: ["run"], value: "r_1", error: "run is no run's identifier."),
      Fault(
        place: ["version"], value: 2,
        error: "version is not 1: a newer release of Sallyport wrote this report, and can read it."),
      Fault(place: ["totals", "blocked"], value: nil, error: "totals.blocked is missing."),
      Fault(place: ["totals", "blocked"], value: -1, error: "totals.blocked is less than 0."),
      Fault(place: ["started"], value: "yesterday", error: "started is no time in UTC with milliseconds."),
      Fault(place: ["exchanges"], value: [:], error: "exchanges is no list."),
      Fault(place: ["exchanges", "3"], value: 7, error: "exchanges[3] is no object."),
      Fault(
        place: ["exchanges", "3", "rule", "line"], value: "9", error: "exchanges[3].rule.line is no whole number."),
      Fault(place: ["exchanges", "0", "port"], value: 70_000, error: "exchanges[0].port is no port."),
      Fault(
        place: ["exchanges", "0", "purpose"], value: "mining",
        error: "exchanges[0].purpose is a word that this release of Sallyport does not know: read it with a newer one."),
      Fault(
        place: ["exchanges", "4", "sources", "0", "endLine"], value: 0,
        error: "exchanges[4].sources[0].endLine is before startLine."),
      Fault(
        place: ["exchanges", "4", "sourceShare"], value: 2, error: "exchanges[4].sourceShare is no share from 0 to 1."),
      Fault(
        place: ["files", "0", "destinations", "0", "ranges", "0"], value: [3, 1],
        error: "files[0].destinations[0].ranges[0] is no range of lines."),
      Fault(place: ["command", "0"], value: 1, error: "command[0] is no text."),
      Fault(place: ["ledger"], value: nil, error: "ledger is missing."),
    ])
  func faults(_ fault: Fault) throws {
    let json = ReportSample.replacing(try ReportSample.rich(), fault.place[...], with: fault.value)
    let error = #expect(throws: ReportError.self) { _ = try RunReport(json: json) }
    #expect(error?.description == fault.error)
  }

  @Test("a report in which anything stands anywhere is refused or shown, and never stops the program")
  func property() throws {
    var random = SplitMix(state: 3)
    let rich = try ReportSample.rich()
    let values: [JSONValue] = [
      .null, true, -1, 0, 9_007_199_254_740_991, .number(0.5), .number(1e300), "", "</script>\u{202E}", [], [:], [[]],
      [9_007_199_254_740_991, 9_007_199_254_740_991],
    ]
    for _ in 0..<300 {
      var json = rich
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = ReportSample.anyPlace(in: json, using: &random)
        json = ReportSample.replacing(json, place[...], with: values.randomElement(using: &random))
      }
      if let report = try? RunReport(json: json) {
        #expect(Markup(ReportPage(report).html).complaints.isEmpty)
        _ = try CanonicalJSON.encode(ReportSARIF(report).json)
      }
    }
  }
}
