import Evidence
import Testing

@testable import Presentation

@Suite("The sentence at the top")
struct BillSentenceTests {
  @Test("files and lines to whom and what for, and nothing to telemetry; at least where not all was compared")
  func lines() throws {
    var json = try ReportSample.rich()
    #expect(
      BillSentence(try RunReport(json: json)).text
        == "17 files, 2,608 lines at least to api.anthropic.com (model); 0 to telemetry.")
    json = ReportSample.replacing(json, ["exchanges", "4", "attributionGap"], with: nil)
    #expect(
      BillSentence(try RunReport(json: json)).text
        == "17 files, 2,608 lines to api.anthropic.com (model); 0 to telemetry.")
  }

  @Test("nothing is claimed of telemetry that went out and was not compared")
  func telemetry() throws {
    var json = try ReportSample.rich()
    for (name, value) in [("forwardedBytes", 9), ("decision", "allow"), ("attributionGap", "off")]
      as [(String, JSONValue)]
    {
      json = ReportSample.replacing(json, ["exchanges", "5", name], with: value)
    }
    #expect(
      BillSentence(try RunReport(json: json)).text.hasSuffix("; what went to telemetry was not compared in full."))
  }

  private func sentence(files: JSONValue, exchanges: JSONValue? = nil) throws -> String {
    var json = ReportSample.replacing(try ReportSample.rich(), ["files"], with: files)
    if let exchanges { json = ReportSample.replacing(json, ["exchanges"], with: exchanges) }
    return BillSentence(try RunReport(json: json)).text
  }

  private func file(_ receivers: [(String, String, Int)]) -> JSONValue {
    [
      "path": "a", "lines": 1,
      "destinations": .array(
        receivers.map {
          [
            "host": .string($0.0), "port": 443, "purpose": .string($0.1), "lines": .integer($0.2), "repeatedLines": 0,
            "bytes": 9, "ranges": [], "exchanges": [],
          ]
        }),
    ]
  }

  @Test(
    "the two that got most are named, the others are summed up, and telemetry is not called nothing where it was not")
  func several() throws {
    #expect(
      try sentence(files: [
        file([("a.example", "model", 3), ("b.example", "telemetry", 12)]), file([("a.example", "model", 1)]),
      ])
        == "1 file, 12 lines to b.example (telemetry); 2 files, 4 lines to a.example (model).")
    #expect(
      try sentence(files: [
        file([("a.example", "web", 3), ("b.example", "web", 2), ("c.example", "web", 1), ("d.example", "web", 1)])
      ])
        == "1 file, 3 lines to a.example (web); 1 file, 2 lines to b.example (web); "
        + "2 lines to 2 other destinations; 0 to telemetry.")
  }

  @Test("without lines it says the bytes, and whether anybody looked")
  func bytes() throws {
    let exchange = try #require(try ReportSample.rich()["exchanges"]?.array?.first)
    let seen = ReportSample.replacing(exchange, ["attributionGap"], with: nil)
    let unseen = ReportSample.replacing(
      ReportSample.replacing(exchange, ["attributionGap"], with: "off"), ["requestBodyBytes"], with: 9)
    #expect(
      try sentence(files: [], exchanges: [seen])
        == "360 B to api.anthropic.com (auth); no lines of files were found in it.")
    #expect(
      try sentence(files: [], exchanges: [unseen])
        == "360 B to api.anthropic.com (auth); which files were in it was not looked into.")
    #expect(try sentence(files: [], exchanges: []) == "Nothing was sent to anybody.")
  }
}
