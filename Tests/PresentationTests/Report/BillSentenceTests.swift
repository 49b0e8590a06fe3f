import Evidence
import Testing

@testable import Presentation

@Suite("The sentence at the top")
struct BillSentenceTests {
  private func exchange(
    _ host: String, _ purpose: Purpose, lines: [String: Int] = [:], action: Action = .allow,
    gap: Attributed.Gap? = nil
  ) -> Exchange {
    var exchange = WatchedRuns.exchange(1, at: 1, purpose, to: host, action)
    exchange.attributed = Attributed(
      sources: lines.sorted { $0.key < $1.key }.map {
        SourceRange(path: $0.key, startLine: 1, endLine: $0.value, bytes: 9, isFirstSent: true)
      }, gap: gap)
    return exchange
  }

  private func report(_ exchanges: [Exchange]) throws -> RunReport {
    try RunReport(
      json: ReportSample.replacing(try ReportSample.rich(), ["exchanges"], with: .array(exchanges.map(\.json))))
  }

  /// What the terminal says of the same run, on lines wide enough for all of it.
  private func terminal(_ report: RunReport) throws -> String {
    let lines = RunSummary(RunBill(report), for: Terminal(isInteractive: true, columns: 400)).lines
    let text = lines.map { [$0].rendered(.plain) }
    let first = try #require(text.firstIndex { $0.hasPrefix("  left ") })
    return String(text[first].dropFirst(15).prefix { $0 != "\n" })
  }

  @Test("files and lines to whom and what for, and to whom nothing; at least where not all was compared")
  func lines() throws {
    var json = try ReportSample.rich()
    let rest = "; 0 to telemetry, flags, update, auth, config, web, unknown; not compared in full: registry."
    #expect(
      BillSentence(try RunReport(json: json)).text
        == "17 files, 2,608 lines at least to api.anthropic.com (model)" + rest)
    json = ReportSample.replacing(json, ["exchanges", "4", "attributionGap"], with: nil)
    #expect(
      BillSentence(try RunReport(json: json)).text == "17 files, 2,608 lines to api.anthropic.com (model)" + rest)
  }

  @Test("page and terminal name the same purposes, in the same words")
  func sameAsTerminal() throws {
    let model = exchange("a.example", .model, lines: ["a": 3, "b": 1])
    for exchanges in [
      [model], [model, exchange("t.example", .telemetry)], [model, exchange("t.example", .telemetry, action: .block)],
      [model, exchange("f.example", .flags), exchange("r.example", .registry, gap: .off)],
      [model, exchange("other.example", .model), exchange("u.example", .update)],
      [model, exchange("other.example", .model, gap: .off)], [model, exchange("t.example", .telemetry, gap: .off)],
    ] {
      let report = try report(exchanges)
      #expect(BillSentence(report).text == (try terminal(report)) + ".")
    }
  }

  @Test("a purpose of which one destination got lines is not called one that got none")
  func onePurpose() throws {
    let report = try report([exchange("a.example", .model, lines: ["a": 3]), exchange("b.example", .model)])
    #expect(BillSentence(report).text == "1 file, 3 lines to a.example (model).")
  }

  @Test("nothing is claimed of what went out and was not compared")
  func doubtful() throws {
    let report = try report([
      exchange("a.example", .model, lines: ["a": 3]), exchange("b.example", .telemetry, gap: .off),
      exchange("c.example", .flags),
    ])
    #expect(
      BillSentence(report).text
        == "1 file, 3 lines to a.example (model); 0 to flags; not compared in full: telemetry.")
    let mixed = try self.report([exchange("a.example", .telemetry), exchange("b.example", .telemetry, gap: .off)])
    #expect(!(try terminal(mixed)).contains("0 to"), "telemetry is not both")
  }

  @Test("the two that got most are named, and the others are summed up")
  func several() throws {
    #expect(
      BillSentence(
        try report([
          exchange("a.example", .model, lines: ["x": 3, "y": 1]), exchange("b.example", .telemetry, lines: ["x": 12]),
        ])
      ).text == "1 file, 12 lines to b.example (telemetry); 2 files, 4 lines to a.example (model).")
    #expect(
      BillSentence(
        try report([
          exchange("a.example", .web, lines: ["x": 3]), exchange("b.example", .web, lines: ["x": 2]),
          exchange("c.example", .web, lines: ["x": 1]), exchange("d.example", .web, lines: ["x": 1]),
          exchange("t.example", .telemetry),
        ])
      ).text
        == "1 file, 3 lines to a.example (web); 1 file, 2 lines to b.example (web); "
        + "2 lines to 2 other destinations; 0 to telemetry.")
  }

  @Test("without lines it says the bytes, and whether anybody looked")
  func bytes() throws {
    let exchange = try #require(try ReportSample.rich()["exchanges"]?.array?.first)
    let seen = ReportSample.replacing(exchange, ["attributionGap"], with: nil)
    let unseen = ReportSample.replacing(
      ReportSample.replacing(exchange, ["attributionGap"], with: "off"), ["requestBodyBytes"], with: 9)
    func sentence(_ exchanges: JSONValue) throws -> String {
      BillSentence(
        try RunReport(json: ReportSample.replacing(try ReportSample.rich(), ["exchanges"], with: exchanges))
      ).text
    }
    #expect(try sentence([seen]) == "360 B to api.anthropic.com (auth); no lines of files were found in it.")
    #expect(try sentence([unseen]) == "360 B to api.anthropic.com (auth); which files were in it was not looked into.")
    #expect(try sentence([]) == "Nothing was sent to anybody.")
  }
}
