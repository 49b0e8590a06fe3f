import Evidence
import Presentation
import Testing

@Suite("The summary of a run")
struct RunSummaryTests {
  /// Of 80 columns, without colour.
  private static let screen = Terminal(isInteractive: true)

  @Test("a busy run, plain, in 80 columns")
  func busyPlain() throws {
    Transcript(name: "summary.busy").matches(RunSummary(try Bills.busy(), for: Self.screen).text)
  }

  @Test("the same in colour")
  func busyColoured() throws {
    let terminal = Terminal(isInteractive: true, style: .coloured)
    Transcript(name: "summary.busy.colour").matches(RunSummary(try Bills.busy(), for: terminal).text)
  }

  @Test("the same on a wide terminal")
  func busyWide() throws {
    let terminal = Terminal(isInteractive: true, columns: 110)
    Transcript(name: "summary.busy.wide").matches(RunSummary(try Bills.busy(), for: terminal).text)
  }

  @Test("a release that only the agent itself states is shown as its word")
  func claimedVersion() throws {
    func title(_ source: Agent.VersionSource?) throws -> String {
      let agent = Agent(id: "codex", version: "0.163.0", versionSource: source)
      let bill = RunBill(
        run: try Bills.quiet().run, agent: agent, duration: .seconds(1),
        ledger: .init(entries: 3, checkpointSize: 3, isVerified: true), exitStatus: 0)
      return RunSummary(bill, for: Self.screen).text.split(separator: "\n").first.map(String.init) ?? ""
    }
    #expect(try title(.userAgent).hasPrefix("codex 0.163.0 (as it says) · "))
    #expect(try title(.installed).hasPrefix("codex 0.163.0 · "))
  }

  @Test("a quiet run is short")
  func quiet() throws {
    Transcript(name: "summary.quiet").matches(RunSummary(try Bills.quiet(), for: Self.screen).text)
  }

  @Test("a run that sent nothing says so")
  func nothing() throws {
    Transcript(name: "summary.nothing").matches(RunSummary(try Bills.nothing(), for: Self.screen).text)
  }

  @Test("a run with far too much of everything still fits, and its total counts everything")
  func overflowing() throws {
    let bill = try Bills.overflowing()
    Transcript(name: "summary.overflowing").matches(RunSummary(bill, for: Self.screen).text)
  }

  @Test("names that attack the terminal are shown, not obeyed")
  func hostile() throws {
    Transcript(name: "summary.hostile").matches(RunSummary(try Bills.hostile(), for: Self.screen).text)
  }

  @Test("any bill fits the screen, in lines and in columns")
  func anyBillFits() throws {
    var source = SplitMix(state: 11)
    for _ in 0..<400 {
      let bill = try Bills.random(using: &source)
      let columns = Int.random(in: 40...110, using: &source)
      let lines = RunSummary(bill, for: Terminal(isInteractive: true, columns: columns)).lines
      #expect(lines.count <= PresentationLimits.summaryLines)
      #expect(lines.allSatisfy { $0.width <= columns })
    }
  }

  @Test("in a file no host of the table is cut")
  func file() throws {
    let text = RunSummary(try Bills.busy(), for: .file).text
    #expect(text.contains(" http-intake.logs.us5.datadoghq.com "), "\(text)")
  }

  @Test("a list keeps its place however long the others are")
  func nobodyIsSilenced() throws {
    let text = RunSummary(try Bills.overflowing(), for: Self.screen).text
    for label in ["total", "uninspected", "blocked", "found", "touched", "started", "ledger", "report"] {
      #expect(text.contains("\n  \(label) "), "\(label)")
    }
  }

  @Test("a remedy that several rules have is printed once, and says for how many it is")
  func sharedRemedy() throws {
    var bill = try Bills.quiet()
    let remedy = "add a rule to sallyport.yaml"
    bill.blockedRules = [
      .init(sentence: "telemetry: t.example", remedy: remedy, place: "p:1", count: 5),
      .init(sentence: "strangers: s.example", remedy: "ask", place: "p:2", count: 4),
      .init(sentence: "flags: f.example", remedy: remedy, place: "p:3", count: 3),
      .init(sentence: "updates: u.example", remedy: remedy, place: "p:4", count: 2),
      .init(sentence: "nobody: n.example", remedy: "", place: "p:5", count: 1),
      .init(sentence: "never: v.example", remedy: "", place: "p:6", count: 1),
    ]
    let text = RunSummary(bill, for: Self.screen).text
    let shown = text.split(separator: "\n").map { $0.drop { $0 == " " } }.map(String.init)
    let first = try #require(shown.firstIndex { $0.contains("5 × telemetry: t.example") })
    #expect(
      shown[first...].prefix(8) == [
        "blocked      5 × telemetry: t.example  p:1", "→ for this and the next 2: \(remedy)",
        "3 × flags: f.example  p:3", "2 × updates: u.example  p:4", "4 × strangers: s.example  p:2", "→ ask",
        "nobody: n.example  p:5", "never: v.example  p:6",
      ])
  }

  @Test("names in one line are counted to the last one, at any width")
  func enumerations() throws {
    var bill = try Bills.nothing()
    bill.programs = (1...50).map { "/bin/tool-\($0)" } + ["/sbin/tool-1"]
    for columns in 40...110 {
      let text = RunSummary(bill, for: Terminal(isInteractive: true, columns: columns)).text
      let line = try #require(text.split(separator: "\n").first { $0.contains("started") })
      let words = line.split(separator: " ")
      let shown = words.count { $0.hasPrefix("tool-") }
      let more = try #require(words.suffix(2).first.flatMap { Int($0) })
      #expect(shown + more == 50)
    }
  }

  @Test("a ledger that does not verify says so and what to type")
  func brokenLedger() throws {
    var bill = try Bills.quiet()
    bill.ledger = .init(entries: 12, checkpointSize: 12, isVerified: false)
    let text = RunSummary(bill, for: Self.screen).text
    #expect(text.contains("does not verify: sallyport log verify says where"))
    #expect(!text.contains("verified"))
  }

  @Test("a ledger that only could not be written to its end is not said to be wrong")
  func ledgerCutShort() throws {
    var bill = try Bills.quiet()
    bill.ledger = .init(entries: 12, checkpointSize: 12, isVerified: false, isCutShort: true)
    let text = RunSummary(bill, for: Self.screen).text
    #expect(text.contains("not whole: the end of this run could not be written to it"))
    #expect(!text.contains("verif"))
  }

  @Test("a long place of a rule keeps its distance from the sentence")
  func longPlace() throws {
    var bill = try Bills.quiet()
    let file = "/tmp/" + String(repeating: "deep/", count: 30) + "sallyport.yaml:4"
    bill.blockedRules = [.init(sentence: "nobody: b.example.com", remedy: "", place: file)]
    for columns in [60, 80, 120] {
      let text = RunSummary(bill, for: Terminal(isInteractive: true, columns: columns)).text
      let line = try #require(text.split(separator: "\n").first { $0.contains("sallyport.yaml:4") })
      #expect(line.contains("  …"), "\(line)")
    }
  }

  @Test("what became of a file is told whole on a narrow terminal, in lines of its own")
  func narrowVerdict() throws {
    var bill = try Bills.nothing()
    let what = "settings of a package manager, changed: put back (nobody was there to be asked)"
    bill.noteworthyFiles = [.init(path: "/home/u/project/.npmrc", what: what)]
    let text = RunSummary(bill, for: Terminal(isInteractive: true, columns: 60)).text
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("/home/u/project/.npmrc: \(what)"), "\(text)")
    #expect(!text.contains("nothing was tried"))
  }

  @Test("machines get exact numbers and whole names")
  func json() throws {
    let bill = try Bills.busy()
    let json = bill.json
    #expect(json["traffic"]?.array?.count == bill.rows.count)
    #expect(json["traffic"]?.array?.first?["bytesOut"]?.integer == bill.rows.first?.bytesOut)
    #expect(json["durationMilliseconds"]?.integer == 72_400)
    #expect(json["ledger"]?["verified"]?.bool == true)
    #expect(json["exitStatus"]?.integer == 0)
    #expect(json["report"]?.string == bill.reportPath)
    #expect(try Bills.quiet().json["report"] == nil)
  }
}
