internal import Evidence
internal import Glibc
internal import Presentation
internal import Testing

@testable internal import Run

@Suite("The runs that are kept")
struct RunStoreTests {
  private let place: Place
  private let store: RunStore
  private let state: StateDirectory

  init() throws {
    place = try Place()
    state = try StateDirectory(environment: ["SALLYPORT_HOME": place.path("state")], home: "/")
    store = RunStore(state)
  }

  /// A run as it is kept from its beginning to its end.
  private func keep(_ card: RunCard, ends: Bool = true) throws {
    let directory = state.run(card.run.text)
    try StateDirectory.make(directory)
    let kept = try KeptRun(card, in: directory)
    guard ends else { return }
    let report = try RecordedRun.record([RecordedRun.exchange("a.example", forwarded: 7)]).report
    _ = try kept.keep(try CanonicalJSON.encode(report))
    try kept.end(report, agent: Agent(id: card.agent.id, version: "2.0"))
  }

  private func id(_ name: String) throws -> RunID {
    try #require(RunID("r_" + name + String(repeating: "0", count: 16 - name.count)))
  }

  @Test("the newest come first, however they are named and whenever they ended")
  func order() throws {
    for (name, started) in [("b", 3_000), ("a", 5_000), ("c", 4_000)] as [(String, Int64)] {
      try keep(WatchedFixture.card(try id(name), started: started))
    }
    #expect(try store.list(.init(limit: 10)).runs.map(\.id) == [try id("a"), try id("c"), try id("b")])
    let page = try store.list(.init(limit: 2))
    #expect(page.runs.map(\.id) == [try id("a"), try id("c")])
    #expect(page.unread == 1)
  }

  @Test("a run tells in the list what its report does")
  func card() throws {
    try keep(WatchedFixture.card(try id("a")))
    let run = try #require(try store.list(.init(limit: 1)).runs.first)
    let outcome = try #require(run.card?.outcome)
    #expect(run.card?.agent.version == "2.0")
    #expect(outcome.requests == 1 && outcome.bytesOut == 7 && outcome.exitStatus == 143 && outcome.isVerified)
    #expect(run.hasReport && !run.isUnderWay && run.problem == nil)
    let entry = RunList.Entry(run: run.id, began: run.began, card: run.card, isUnderWay: false)
    #expect(entry.state == .ended)
  }

  @Test("the card of a run's end is written over room that was taken at its beginning")
  func room() throws {
    let card = WatchedFixture.card(try id("a"))
    let directory = state.run(card.run.text)
    try StateDirectory.make(directory)
    let kept = try KeptRun(card, in: directory)
    let other = place.path("the-same-file")
    try #require(link("\(directory)/run.json.next", other) == 0)
    try kept.end(try RecordedRun.record([RecordedRun.exchange("a.example")]).report, agent: card.agent)
    let text = try #require(FilePaths.read("\(directory)/run.json", limit: 65_536))
    #expect(text.contains("\"exitStatus\":143") && text.hasSuffix("}\n"))
    #expect(FilePaths.read(other, limit: 65_536) == text)
    #expect(try place.names("state/runs/\(card.run.text)") == ["run.json"])
  }

  @Test("a run that ended without room for its report says so, where its report is asked for")
  func reportless() throws {
    let card = WatchedFixture.card(try id("a"))
    try StateDirectory.make(state.run(card.run.text))
    let kept = try KeptRun(card, in: state.run(card.run.text))
    try kept.end(try RecordedRun.record([RecordedRun.exchange("a.example")]).report, agent: card.agent)
    let error = #expect(throws: RunError.self) { try store.report(of: RunName("a")) }
    #expect(error?.sentence == "left no report: it ended, and its report could not be written.")
  }

  @Test("state that cannot be read does not pass for no runs")
  func unreadableState() throws {
    let state = try StateDirectory(environment: ["SALLYPORT_HOME": try place.file("file")], home: "/")
    let store = RunStore(state)
    for body in [
      { _ = try store.list(.init(limit: 1)) }, { _ = try store.report(of: RunName("latest")) },
      { _ = try store.changes(of: nil, toDecide: false) }, { _ = try LiveRun.all(state) },
      { _ = try RedactionVault(state).runs(now: Timestamp(millisecondsSinceEpoch: 0)) },
    ] as [() throws -> Void] {
      let error = #expect(throws: RunError.self) { try body() }
      #expect(error?.code == .state)
      #expect(error?.sentence == "cannot be read: Not a directory.")
    }
  }

  @Test("files are for their owner alone")
  func modes() throws {
    try keep(WatchedFixture.card(try id("a")))
    for name in ["run.json", "report.json"] {
      #expect(try place.permissions("\(state.run(try id("a").text))/\(name)") == "600")
    }
  }

  @Test("agent and workspace choose, and the limit counts what was chosen")
  func query() throws {
    try keep(WatchedFixture.card(try id("a"), started: 1_000, agent: "codex", workspace: "/w/one"))
    try keep(WatchedFixture.card(try id("b"), started: 2_000, agent: "aider", workspace: "/w/one/sub"))
    try keep(WatchedFixture.card(try id("c"), started: 3_000, agent: "aider", workspace: "/w/onely"))
    func list(_ query: RunStore.Query) throws -> [String] {
      try store.list(query).runs.map { String($0.id.text.prefix(3)) }
    }
    #expect(try list(.init(limit: 1, agent: "codex")) == ["r_a"])
    #expect(try list(.init(limit: 9, workspace: "/w/one")) == ["r_b", "r_a"])
    #expect(try list(.init(limit: 9, agent: "aider", workspace: "/w/one/")) == ["r_b"])
    #expect(try list(.init(limit: 9, agent: "none")) == [])
  }

  @Test("a run that was killed has never finished; one whose process lives is under way")
  func unfinished() throws {
    try keep(WatchedFixture.card(try id("a"), started: 1_000), ends: false)
    try keep(WatchedFixture.card(try id("b"), started: 2_000), ends: false)
    let live = try LiveDirectory(in: state.live, run: try id("b").text)
    let runs = try store.list(.init(limit: 9)).runs
    #expect(runs.map(\.isUnderWay) == [true, false])
    #expect(
      runs.map { RunList.Entry(run: $0.id, began: $0.began, card: $0.card, isUnderWay: $0.isUnderWay).state }
        == [.underWay, .neverFinished])
    live.remove()
    #expect(try store.list(.init(limit: 9)).runs.allSatisfy { !$0.isUnderWay })
  }

  @Test("a run whose agent was not started says why")
  func refused() throws {
    let card = WatchedFixture.card(try id("a"))
    try StateDirectory.make(state.run(card.run.text))
    try KeptRun(card, in: state.run(card.run.text)).refuse(RunError(.unavailable, at: "", "no namespaces"))
    let run = try #require(try store.list(.init(limit: 9)).runs.first)
    #expect(run.card?.refusal == "unavailable")
  }

  @Test(
    "a file that cannot be read is named, and costs the others nothing",
    arguments: ["", "{", "[]", #"{"version":2}"#, "\u{0}", #"{"version":1,"run":"r_x"}"#])
  func broken(text: String) throws {
    try keep(WatchedFixture.card(try id("a"), started: 1_000))
    try place.file("state/runs/\(try id("b"))/run.json", text)
    let runs = try store.list(.init(limit: 9)).runs
    #expect(runs.count == 2)
    let broken = try #require(runs.first { $0.card == nil })
    #expect(broken.problem?.code == .broken)
    #expect(broken.problem?.place.hasSuffix("run.json") == true)
  }

  @Test("a pipe in the place of a card is not waited for")
  func pipe() throws {
    place.directory("state/runs/\(try id("a"))")
    try #require(mkfifo(place.path("state/runs/\(try id("a"))/run.json"), 0o600) == 0)
    #expect(try store.list(.init(limit: 9)).runs.first?.problem?.code == .broken)
  }

  @Test("a report without a card is listed by what the report says; an empty directory as unreadable")
  func older() throws {
    let report = try RecordedRun.record([RecordedRun.exchange("a.example")]).report
    try place.file(
      "state/runs/\(try id("a"))/report.json", String(decoding: try CanonicalJSON.encode(report), as: UTF8.self))
    place.directory("state/runs/\(try id("b"))")
    place.directory("state/runs/not-a-run")
    let runs = try store.list(.init(limit: 9)).runs
    #expect(runs.count == 2)
    #expect(runs.first { $0.id.text.hasPrefix("r_a") }?.card?.outcome?.requests == 1)
    #expect(runs.first { $0.id.text.hasPrefix("r_b") }?.card == nil)
  }

  @Test("without any run there is an empty list")
  func none() throws { #expect(try store.list(.init(limit: 9)).runs.isEmpty) }

  // MARK: Names

  @Test("a run is named by the beginning of its identifier, and by how new it is among those with a report")
  func names() throws {
    try keep(WatchedFixture.card(try id("ab1"), started: 1_000))
    try keep(WatchedFixture.card(try id("ab2"), started: 2_000))
    try keep(WatchedFixture.card(try id("zz"), started: 3_000), ends: false)
    func path(_ name: String) throws -> String { try store.report(of: try RunName(name)) }
    let first = "\(state.run(try id("ab1").text))/report.json"
    let second = "\(state.run(try id("ab2").text))/report.json"
    #expect(try path("ab1") == first)
    #expect(try path("r_ab1") == first)
    #expect(try path(try id("ab2").text) == second)
    #expect(try path("latest") == second)
    #expect(try path("latest~0") == second)
    #expect(try path("latest~1") == first)
    #expect(try path("out/report.json") == "out/report.json")
    #expect(try path(state.run(try id("ab1").text)) == first)
    func code(_ name: String) -> RunError.Code? {
      do throws(RunError) {
        _ = try store.report(of: try RunName(name))
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code("ab") == .usage)
    #expect(code("nothing") == .programMissing)
    #expect(code("latest~2") == .programMissing)
    #expect(code("zz") == .programMissing)
    for name in ["", "r_", "A", "../", "latest~", "latest~-1", "latest~x", "r_0123456789abcdefg", "ä"]
    where name != "../" {
      #expect(code(name) == .usage, "\(name)")
    }
  }

  @Test("a report is read where it is, and one that is none is said to be none")
  func reports() throws {
    let path = try place.file("r/report.json", "{\"version\": 1}")
    let error = #expect(throws: RunError.self) { try StoredReport(at: path) }
    #expect(error?.code == .broken)
    let missing = #expect(throws: RunError.self) { try StoredReport(at: place.path("none.json")) }
    #expect(missing?.code == .programMissing)
    let directory = #expect(throws: RunError.self) { try StoredReport(at: place.path("r")) }
    #expect(directory?.code == .broken)
  }
}
