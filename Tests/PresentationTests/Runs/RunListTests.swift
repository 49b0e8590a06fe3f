import Evidence
import Presentation
import Testing

@Suite("The list of runs")
struct RunListTests {
  private static func entry(
    _ letter: Character, command: [String] = ["claude", "-p", "fix the failing test"],
    workspace: String = "/home/ada/work/parser", outcome: String? = "", refusal: String? = nil,
    isUnderWay: Bool = false
  ) throws -> RunList.Entry {
    let run = try #require(RunID("r_" + String(repeating: letter, count: 16)))
    var card = RunCard(
      run: run, agent: Agent(id: "claude-code", version: "2.1.63"), command: command,
      workspace: workspace,
      started: WatchedRuns.start, policyFile: "built-in:control", posture: "control", refusal: refusal)
    if outcome != nil { card.outcome = try Self.outcome() }
    return RunList.Entry(run: run, began: WatchedRuns.start, card: card, isUnderWay: isUnderWay)
  }

  private static func outcome() throws -> RunCard.Outcome {
    try #require(
      RunCard.Outcome(report: [
        "ended": .string(WatchedRuns.after(72).description), "exitStatus": 1, "ledger": ["verified": true],
        "totals": [
          "exchanges": 14, "blocked": 12, "findings": 3, "forwardedBytes": 512_345, "files": 14, "lines": 1203,
        ],
      ]))
  }

  private static func all() throws -> [RunList.Entry] {
    [
      try entry("a", outcome: nil, isUnderWay: true), try entry("b"), try entry("c", outcome: nil),
      try entry("d", outcome: nil, refusal: "unavailable"),
      try entry(
        "e", command: ["claude", "-p", String(repeating: "and one more thing, ", count: 40)],
        workspace: "/" + String(repeating: "a-long-name/", count: 12) + "parser"),
      .init(
        run: try #require(RunID("r_ffffffffffffffff")), began: WatchedRuns.start, card: nil, isUnderWay: false),
    ]
  }

  @Test("in 80 columns, each state in its own words")
  func transcript() throws {
    Transcript(name: "runs").matches(RunList(try Self.all()).lines(columns: 80).rendered(.plain))
  }

  @Test("fits any width, and leaves no fact out")
  func fits() throws {
    for columns in 40...110 {
      let lines = RunList(try Self.all()).lines(columns: columns)
      #expect(lines.allSatisfy { $0.width <= columns }, "\(columns)")
      let text = lines.rendered(.plain)
      for fact in ["exit 1", "14 requests", "12 blocked", "3 found", "1,203 lines left", "ledger verified"] {
        #expect(text.contains(fact), "\(columns): \(fact)")
      }
    }
  }

  @Test("what was typed is told, as a shell takes it, and cut where there is no room for it")
  func command() throws {
    let text = RunList([try Self.entry("b")]).lines(columns: 80).rendered(.plain)
    #expect(text.contains("\n  claude -p 'fix the failing test'\n"), "\(text)")
    let hostile = try Self.entry("b", command: ["sh", "-c", "\u{1B}[2J\n" + String(repeating: "日", count: 200)])
    for columns in 40...110 {
      let lines = RunList([hostile]).lines(columns: columns)
      #expect(lines.allSatisfy { $0.width <= columns })
      #expect(!lines.rendered(.plain).contains("\u{1B}"))
    }
    #expect(hostile.json["command"]?.array?.last?.string?.hasSuffix("日日") == true)
  }

  @Test("for machines it has the card's members, the state and exact numbers")
  func json() throws {
    let json = try Self.entry("b").json
    #expect(json["state"] == "ended")
    #expect(json["durationMilliseconds"] == 72_000)
    #expect(json["totals"]?["lines"] == 1203)
    #expect(json["agent"]?["version"] == "2.1.63")
    #expect(json["version"] == nil)
    #expect(
      try Self.all().map { $0.json["state"]?.string } == [
        "under-way", "ended", "never-finished", "refused", "ended", "unreadable",
      ])
  }

  @Test("a card is read back as it was written")
  func card() throws {
    for entry in try Self.all() {
      guard let card = entry.card else { continue }
      #expect(try RunCard(json: card.json) == card)
    }
  }
}
