import Evidence
import Testing

@testable import Presentation

@Suite("The page of a report")
struct ReportPageTests {
  private func page(_ json: JSONValue) throws -> Markup { Markup(ReportPage(try RunReport(json: json)).html) }

  @Test("it is well formed, names its language, and has one first heading and no heading out of order")
  func outline() throws {
    let page = try page(try ReportSample.rich())
    #expect(page.complaints.isEmpty)
    #expect(page.all("html").first?.attributes["lang"] == "en")
    #expect(page.all("title").count { $0.ancestors == ["html", "head"] } == 1)
    let levels = page.elements.compactMap { ["h1": 1, "h2": 2, "h3": 3, "h4": 4][$0.name] }
    #expect(levels.count { $0 == 1 } == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    #expect(levels.first == 1)
  }

  @Test("its sections come in their order, each with a link in the contents")
  func sections() throws {
    let page = try page(try ReportSample.rich())
    let sections = [
      "bill", "flows", "timeline", "exchanges", "files", "activity", "blocked", "unseen", "sandbox", "ledger",
    ]
    #expect(page.all("section").compactMap { $0.attributes["id"] } == sections)
    let links = page.all("a").filter { $0.ancestors.contains("nav") }.compactMap { $0.attributes["href"] }
    #expect(links == sections.dropFirst().map { "#\($0)" })
  }

  @Test("nothing in it is loaded from anywhere, nothing in it is a script, and its policy forbids both")
  func local() throws {
    for json in [try ReportSample.rich(), try ReportSample.hostile(exchanges: 200)] {
      let page = try page(json)
      let names = Set(page.elements.map(\.name))
      #expect(
        names.isDisjoint(with: ["script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"]))
      for element in page.elements {
        #expect(element.attributes.keys.allSatisfy { !$0.hasPrefix("on") && !["src", "style", "action"].contains($0) })
        #expect(element.attributes["href"]?.hasPrefix("#") ?? true)
      }
      let policy = page.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
      #expect(
        policy?.attributes["content"]
          == "default-src 'none'; style-src '\(ReportStyle.hash)'; base-uri 'none'; form-action 'none'")
    }
  }

  @Test("identifiers are unique, and every link leads to one")
  func identifiers() throws {
    for json in [try ReportSample.rich(), try ReportSample.hostile(exchanges: 1600)] {
      let page = try page(json)
      let identifiers = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(identifiers).count == identifiers.count)
      let named = Set(identifiers)
      for link in page.elements.compactMap({ $0.attributes["href"] }) {
        #expect(named.contains(String(link.dropFirst())), "\(link)")
      }
      for names in page.elements.compactMap({ $0.attributes["aria-labelledby"] }) {
        #expect(names.split(separator: " ").allSatisfy { named.contains(String($0)) }, "\(names)")
      }
    }
  }

  @Test("hostile text is shown by its visible name and stays text")
  func hostile() throws {
    let page = try page(try ReportSample.hostile(exchanges: 200))
    #expect(page.complaints.isEmpty)
    #expect(page.text.contains("</script><script>alert(1)</script>"))
    #expect(page.text.contains("\\u{202E}gnp.exe"))
    let hidden = page.text.unicodeScalars.filter { scalar in
      scalar != "\n" && (scalar.value < 0x20 || scalar.properties.generalCategory == .format)
    }
    #expect(hidden.isEmpty)
  }

  @Test("every picture has a name, every table its heads, every region that scrolls is reached by the keyboard")
  func accessible() throws {
    let page = try page(try ReportSample.rich())
    for picture in page.all("svg") where picture.attributes["aria-hidden"] != "true" {
      #expect(picture.attributes["role"] == "img")
      #expect(picture.attributes["aria-label"] != nil || picture.attributes["aria-labelledby"] != nil)
    }
    #expect(page.all("th").allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
    #expect(page.all("caption").count == page.all("table").count)
    let regions = page.elements.filter { $0.attributes["role"] == "region" }
    #expect(regions.allSatisfy { $0.attributes["tabindex"] == "0" && $0.attributes["aria-label"] != nil })
  }

  @Test("each exchange is told with its rule, evidence, bytes and the command that proves it")
  func exchange() throws {
    let text = try page(try ReportSample.rich()).text
    for words in [
      "uploads to unknown sites at built-in:control:119", "github-token (credential, grade block) in body",
      "under base64, then gzip", "29,160 sent by the client, 29,160 inspected, 0 let go", "sallyport log prove 110",
      "as it was after 1 change",
    ] { #expect(text.contains(words), "\(words)") }
  }

  /// The text of the first elements of a kind, tags and entities gone.
  private func texts(_ json: JSONValue, from start: String, to end: String) throws -> [String] {
    let html = String(decoding: ReportPage(try RunReport(json: json)).html, as: UTF8.self)
    var found: [String] = []
    var rest = html[...]
    while let first = rest.firstRange(of: start) {
      rest = rest[first.upperBound...]
      guard let last = rest.firstRange(of: end) else { break }
      found.append(Markup(Array("<p>\(rest[..<last.lowerBound])</p>".utf8)).text)
      rest = rest[last.upperBound...]
    }
    return found
  }

  @Test("the row of an exchange tells how much of which files was in it, before it is opened")
  func sourcesOfRow() throws {
    let rows = try texts(try ReportSample.rich(), from: "<details class=\"exchange\"", to: "</summary>")
    let report = try RunReport(json: try ReportSample.rich())
    #expect(rows.count == report.exchanges.count)
    for (row, exchange) in zip(
      rows, report.exchanges.sorted { $0.purpose.readingPosition < $1.purpose.readingPosition })
    {
      guard row.contains("#\(exchange.sequence) ") else { continue }
      #expect(row.contains(" file") == !exchange.attributed.sources.isEmpty, "\(row)")
    }
    var json = try ReportSample.rich()
    func source(_ path: String, _ lines: ClosedRange<Int>, isFirst: Bool) -> JSONValue {
      SourceRange(
        path: path, startLine: lines.lowerBound, endLine: lines.upperBound, bytes: 9, isFirstSent: isFirst
      ).json
    }
    json = ReportSample.replacing(
      json, ["exchanges", "4", "sources"],
      with: [
        source("a", 1...100, isFirst: true), source("a", 101...110, isFirst: false), source("b", 3...12, isFirst: true),
      ])
    #expect(
      try texts(json, from: "<details class=\"exchange\"", to: "</summary>").contains {
        $0.contains("#5 ") && $0.contains("2 files, 120 lines")
      })
  }

  @Test("the lines of a file are told with how many it has, or nothing is said of its end")
  func lengthOfFile() throws {
    func section(_ fileLines: JSONValue?) throws -> String {
      let file: JSONValue = [
        "path": "a.swift", "lines": 31,
        "destinations": [
          [
            "host": "m.example", "port": 443, "purpose": "model", "lines": 31, "repeatedLines": 0, "bytes": 900,
            "ranges": [[10, 40]], "exchanges": [],
          ]
        ],
      ]
      var json = ReportSample.replacing(try ReportSample.rich(), ["files"], with: [file])
      json = ReportSample.replacing(json, ["files", "0", "fileLines"], with: fileLines)
      return try texts(json, from: "<section id=\"files\"", to: "</section>")[0]
    }
    #expect(try section(212).contains("1212M"), "the ends of the strip")
    #expect(try section(212).contains("lines 10–40 of 212"))
    #expect(try section(nil).contains("lines 10–40"))
    #expect(!(try section(nil)).contains("lines 10–40 of"))
    #expect(!(try section(nil)).contains("140M"))
    #expect(try section(39) == section(nil), "no file ends before a line that left")
  }

  @Test("bytes of a file are said to be its text's, and those of the flows to be the messages'")
  func kindsOfBytes() throws {
    let files = try texts(try ReportSample.rich(), from: "<section id=\"files\"", to: "</section>")
    #expect(files[0].contains(" of its text, repeats counted"), "\(files[0].prefix(2000))")
    #expect(!files[0].contains("in all;"))
    let flows = try texts(try ReportSample.rich(), from: "<section id=\"flows\"", to: "</section>")
    #expect(flows[0].contains("Bytes of messages"))
    #expect(flows[0].contains("as they went over the line"))
  }

  @Test("a remedy that several rules have is printed once, with everything that it is for")
  func sharedRemedy() throws {
    var json = try ReportSample.rich()
    let blocked = try #require(json["exchanges"]?.array).enumerated().filter { $0.element["decision"] == "block" }
    try #require(Set(blocked.map { $0.element["rule"]?["name"]?.string }).count > 1)
    for (index, _) in blocked {
      json = ReportSample.replacing(json, ["exchanges", "\(index)", "remedy"], with: "Ask the owner of the policy.")
    }
    let section = try texts(json, from: "<section id=\"blocked\"", to: "</section>")[0]
    #expect(section.split(separator: "Ask the owner of the policy.", omittingEmptySubsequences: false).count == 2)
    for (_, exchange) in blocked {
      #expect(section.contains(try #require(exchange["rule"]?["name"]?.string)))
      #expect(section.contains(try #require(exchange["host"]?.string)))
    }
    #expect(section.contains("For all "))
  }

  @Test("a remedy is there whole, however long")
  func remedies() throws {
    let remedy = (0..<400).map { "`- {name: \"rule \($0)\", then: allow}`" }.joined(separator: " and ")
    var json = try ReportSample.rich()
    json = ReportSample.replacing(json, ["exchanges", "2", "remedy"], with: .string(remedy))
    let text = try page(json).text
    for number in [0, 199, 399] { #expect(text.contains("- {name: \"rule \(number)\", then: allow}")) }
  }

  @Test("five thousand exchanges are a page of bounded size that says what it leaves out and where that is")
  func large() throws {
    let report = try RunReport(json: try ReportSample.hostile(exchanges: 5000))
    let html = ReportPage(report).html
    #expect(html.count < 16_000_000)
    let page = Markup(html)
    let entries = page.all("details").filter { $0.attributes["class"] == "exchange" }
    #expect(entries.count <= ReportLimits.exchanges)
    #expect(entries.count > ReportLimits.exchanges / 2)
    #expect(page.text.contains("more of these are in report.json and in the ledger"))
    #expect(page.text.contains("700 more are in report.json."), "of the programs")
  }

  @Test("an unverified ledger, a run ended from outside and an incomplete observation are told at the top")
  func warnings() throws {
    var json = try ReportSample.rich()
    json = ReportSample.replacing(json, ["ledger", "verified"], with: false)
    json = ReportSample.replacing(json, ["ledger", "problem"], with: "The disk is full.")
    json = ReportSample.replacing(json, ["endedFromOutside"], with: true)
    json = ReportSample.replacing(json, ["observationIncomplete"], with: true)
    let text = try page(json).text
    for words in ["The ledger does not verify. The disk is full.", "ended from outside", "More was opened or started"] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("a run that did nothing is a page as well")
  func nothing() throws {
    var json = try ReportSample.rich()
    for name in ["exchanges", "files", "opened", "programs", "names", "connectionsTried", "runsLater", "command"] {
      json = ReportSample.replacing(json, [name], with: [])
    }
    json = ReportSample.replacing(json, ["totals", "forwardedBytes"], with: 0)
    let page = try page(json)
    #expect(page.complaints.isEmpty)
    #expect(page.text.contains("Nothing was sent to anybody."))
    #expect(page.text.contains("Nothing was stopped."))
  }
}
