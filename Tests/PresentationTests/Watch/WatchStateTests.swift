import Evidence
import Presentation
import Testing

@Suite("A run that is watched, folded into one value")
struct WatchStateTests {
  @Test("the totals count every exchange once, by its last state")
  func totals() throws {
    var state = try WatchedRuns.busy()
    #expect(state.totals.requests == 6)
    #expect(state.totals.blocked == 2)
    #expect(state.totals.findings == 4)
    #expect(state.totals.bytesOut == 3 * 12_345)
    #expect(state.totals.lines == 120 + 7 + 40)
    #expect(state.files.map(\.path) == ["src/parse.swift", "Tests/ParseTests.swift", "README.md"])
    #expect(state.files.map(\.lines) == [120, 40, 7])
    let before = state
    state.fold(
      .exchange(WatchedRuns.exchange(5, at: 17, .registry, to: "files.pythonhosted.org", .report, out: 0)),
      at: WatchedRuns.start)
    #expect(state == before)
    state.fold(
      .exchange(WatchedRuns.exchange(5, at: 17, .registry, to: "files.pythonhosted.org", .report, out: 7)),
      at: WatchedRuns.start)
    #expect(state.totals.bytesOut == before.totals.bytesOut + 7)
    #expect(state.totals.requests == 6)
  }

  @Test("lines count once they are let go, not while they wait or where they were blocked")
  func linesThatLeft() throws {
    let sources = [WatchedRuns.source("a", 1...10)]
    var state = try WatchedRuns.state([
      .exchange(WatchedRuns.exchange(1, at: 1, out: 0, sources: sources)),
      .exchange(WatchedRuns.exchange(2, at: 1, .model, .block, sources: sources)),
    ])
    #expect(state.totals.lines == 0 && state.fileCount == 0)
    state.fold(.exchange(WatchedRuns.exchange(1, at: 1, out: 5, sources: sources)), at: WatchedRuns.start)
    #expect(state.totals.lines == 10 && state.files.map(\.lines) == [10])
  }

  @Test("a stream that grows counts what it has now; a file's lines count once, whoever got them")
  func growing() throws {
    var state = try WatchedRuns.state([
      .exchange(WatchedRuns.exchange(1, at: 1, sources: [WatchedRuns.source("a", 1...10)])),
      .exchange(WatchedRuns.exchange(1, at: 1, sources: [WatchedRuns.source("a", 1...15)])),
      .exchange(WatchedRuns.exchange(2, at: 1, to: "b.example", sources: [WatchedRuns.source("a", 11...20)])),
      .exchange(WatchedRuns.exchange(3, at: 1, sources: [WatchedRuns.source("a", 1...15, first: false)])),
    ])
    #expect(state.totals.lines == 25)
    #expect(state.files.map(\.lines) == [20])
    state.fold(
      .exchange(WatchedRuns.exchange(4, at: 1, sources: [WatchedRuns.source("a", 1...3, version: 2)])),
      at: WatchedRuns.start)
    #expect(state.files.map(\.lines) == [23])
  }

  @Test("however exchanges come and come again, the sums are those of their last states")
  func property() throws {
    var random = SplitMix(state: 9)
    for _ in 0..<40 {
      var state = WatchState()
      var last: [Int: Exchange] = [:]
      for _ in 0..<200 {
        let number = Int.random(in: 1...50, using: &random)
        let exchange = WatchedRuns.exchange(
          number, at: 0, .model, Bool.random(using: &random) ? .block : .allow,
          out: Int.random(in: 0...3, using: &random),
          sources: [WatchedRuns.source("f", 1...Int.random(in: 1...9, using: &random))])
        last[number] = exchange
        state.fold(.exchange(exchange), at: WatchedRuns.start)
      }
      #expect(state.totals.requests == last.count)
      #expect(state.totals.bytesOut == last.values.reduce(0) { $0 + $1.forwardedBytes })
      #expect(state.totals.blocked == last.values.count { $0.decision.action == .block })
      #expect(state.recent == last.values.sorted { $0.sequence < $1.sequence })
    }
  }

  @Test("only the newest exchanges are kept to show; the totals keep all")
  func bounded() throws {
    var state = WatchState()
    for number in 1...2_000 { state.fold(.exchange(WatchedRuns.exchange(number, at: 0)), at: WatchedRuns.start) }
    #expect(state.recent.count == 512)
    #expect(state.recent.last?.sequence == 2_000)
    #expect(state.totals.requests == 2_000)
  }

  // MARK: Questions and keys

  private func pressed(
    _ keys: String, _ state: inout WatchState, shown: [Int: Timestamp], at seconds: Int64 = 30
  ) -> [WatchState.Deed] {
    keys.utf8.compactMap { state.press($0, at: WatchedRuns.after(seconds), shownSince: shown) }
  }

  @Test("y and n answer the question that is shown")
  func answers() throws {
    var state = try WatchedRuns.state([WatchedRuns.question(4)])
    let shown = [4: WatchedRuns.after(20)]
    #expect(pressed("y", &state, shown: shown) == [.answer(question: 4, isYes: true)])
    #expect(pressed("N", &state, shown: shown) == [.answer(question: 4, isYes: false)])
    #expect(pressed("\r x\u{1B}[A0", &state, shown: shown).isEmpty)
  }

  @Test("a question that came up a moment ago is not answered by the key that was meant for the one before")
  func tooFast() throws {
    var state = try WatchedRuns.state([WatchedRuns.question(1), WatchedRuns.question(2)])
    let shown = [1: WatchedRuns.after(20)]
    #expect(pressed("y", &state, shown: shown) == [.answer(question: 1, isYes: true)])
    state.fold(.answered(question: 1, word: "yes", place: "watch"), at: WatchedRuns.after(30))
    #expect(state.selected == 2)
    #expect(pressed("y", &state, shown: shown).isEmpty)
    #expect(pressed("y", &state, shown: shown.merging([2: WatchedRuns.after(30)]) { $1 }).isEmpty)
    let later = shown.merging([2: WatchedRuns.after(29)]) { $1 }
    #expect(pressed("y", &state, shown: later) == [.answer(question: 2, isYes: true)])
  }

  @Test("tab and numbers choose among several, and an answer from elsewhere takes a question away")
  func several() throws {
    var state = try WatchedRuns.state((1...3).map { WatchedRuns.question($0) })
    #expect(state.selected == 1)
    #expect(pressed("\t", &state, shown: [:]).isEmpty)
    #expect(state.selected == 2)
    _ = pressed("3", &state, shown: [:])
    #expect(state.selected == 3)
    _ = pressed("9\t", &state, shown: [:])
    #expect(state.selected == 1)
    state.fold(.answered(question: 1, word: "no", place: "terminal"), at: WatchedRuns.start)
    #expect(state.questions.map(\.question.id) == [2, 3] && state.selected == 2)
    state.fold(.ended(.init(exitStatus: 0)), at: WatchedRuns.start)
    #expect(state.questions.isEmpty && state.selected == nil)
    #expect(pressed("yn\t1", &state, shown: [2: WatchedRuns.start]).isEmpty)
  }

  @Test("q and Control-C leave, Control-Z stops")
  func leaving() {
    var state = WatchState()
    #expect(pressed("q\u{3}\u{1A}", &state, shown: [:]) == [.leave, .leave, .suspend])
  }

  // MARK: Messages

  @Test("what a run says is read back as it was meant")
  func messages() throws {
    let exchange = WatchedRuns.exchange(3, at: 5, sources: [WatchedRuns.source("a", 1...3)], findings: ["iban"])
    let card = try WatchedRuns.card()
    let run = try #require(card.json.object).merging(["v": 1, "type": "run", "askSeconds": 30]) { $1 }
    let cases: [(JSONValue, WatchMessage)] = [
      (.object(run), .run(card, askSeconds: 30)),
      (["v": 1, "type": "exchange", "exchange": exchange.json], .exchange(exchange)),
      (
        ["v": 1, "type": "question", "question": 7, "exchange": exchange.json, "secondsLeft": 9],
        .question(.init(id: 7, exchange: exchange, secondsLeft: 9))
      ),
      (
        ["v": 1, "type": "answered", "question": 7, "answer": "yes", "by": "watch"],
        .answered(question: 7, word: "yes", place: "watch")
      ),
      (["v": 1, "type": "current", "exchanges": 4], .current(4)),
      (["v": 1, "type": "skipped", "updates": 2], .skipped(2)),
      (["v": 1, "type": "refused", "sentence": "no"], .refused("no")),
      (
        ["v": 1, "type": "ended", "exitStatus": 3, "ledgerVerified": true, "report": "/r"],
        .ended(.init(exitStatus: 3, isVerified: true, reportPath: "/r"))
      ),
      (["v": 1, "type": "something-new", "x": [1]], .other("something-new")),
    ]
    for (json, message) in cases { #expect(try WatchMessage(json: json) == message) }
  }

  @Test(
    "what is no message is refused, and names the member",
    arguments: [
      [], ["v": 2, "type": "run"], ["v": 1], ["v": 1, "type": "exchange"],
      ["v": 1, "type": "exchange", "exchange": []],
      ["v": 1, "type": "current", "exchanges": -1], ["v": 1, "type": "question", "question": 1, "secondsLeft": 1],
    ] as [JSONValue])
  func nonsense(json: JSONValue) {
    #expect(throws: ReportError.self) { try WatchMessage(json: json) }
  }

  @Test("as lines, a run tells each thing once")
  func log() throws {
    var (state, log) = (WatchState(), WatchLog())
    var text = ""
    let card = try WatchedRuns.card()
    let sources = [WatchedRuns.source("a", 1...3)]
    let messages: [WatchMessage] = [
      .run(card, askSeconds: 60), .current(0), WatchedRuns.question(1),
      .answered(question: 1, word: "yes", place: "watch"),
      .exchange(WatchedRuns.exchange(1, at: 2, out: 0, sources: sources)),
      .exchange(WatchedRuns.exchange(1, at: 2, out: 0, sources: sources)),
      .exchange(WatchedRuns.exchange(1, at: 2, sources: sources)),
      .exchange(WatchedRuns.exchange(2, at: 3, .telemetry, .block, findings: ["iban", "iban"])),
      .skipped(3), .refused("too late"), .other("new"),
      .ended(.init(exitStatus: 1, isVerified: true, reportPath: "/r")),
    ]
    for message in messages {
      state.fold(message, at: WatchedRuns.after(5))
      if let line = log.line(message, state, at: WatchedRuns.after(5)) { text += [line].rendered(.plain) }
    }
    Transcript(name: "watch.log").matches(text)
  }

  @Test("the end is told on the terminal that the screen was on")
  func farewell() throws {
    let state = try WatchedRuns.busy()
    let end = WatchMessage.End(exitStatus: 0, isVerified: true, reportPath: "/r/report.json")
    Transcript(name: "watch.farewell").matches(WatchFarewell(state, end).lines(columns: 80).rendered(.plain))
    let refused = WatchMessage.End(exitStatus: nil, problem: "no namespaces")
    #expect(WatchFarewell(state, refused).sentence == "r_4f9c0a1b2c3d4e5f: no namespaces")
  }
}
