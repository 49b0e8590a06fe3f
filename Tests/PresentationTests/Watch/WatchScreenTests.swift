import Evidence
import Presentation
import Testing

@Suite("The screen of a run that is watched")
struct WatchScreenTests {
  private func screen(_ state: WatchState, _ columns: Int = 80, _ rows: Int = 24, after seconds: Int64 = 78) -> String {
    WatchScreen(state, columns: columns, rows: rows, now: WatchedRuns.after(seconds)).lines.rendered(.plain)
  }

  @Test("a busy run in 80 columns and 24 lines")
  func busy() throws {
    Transcript(name: "watch.busy").matches(screen(try WatchedRuns.busy()))
  }

  @Test("the same in colour, with questions that wait")
  func asking() throws {
    var state = try WatchedRuns.busy()
    for id in 1...3 { state.fold(WatchedRuns.question(id), at: WatchedRuns.after(76)) }
    let lines = WatchScreen(state, columns: 80, rows: 24, now: WatchedRuns.after(78)).lines
    Transcript(name: "watch.asking.colour").matches(lines.rendered(.coloured))
  }

  @Test("the same on a wide, tall terminal")
  func wide() throws {
    Transcript(name: "watch.busy.wide").matches(screen(try WatchedRuns.busy(), 132, 30))
  }

  @Test("the same where there is hardly room")
  func small() throws {
    var state = try WatchedRuns.busy()
    state.fold(WatchedRuns.question(1), at: WatchedRuns.after(76))
    Transcript(name: "watch.asking.small").matches(screen(state, 44, 9))
  }

  @Test("a run that has sent nothing yet says so")
  func quiet() throws {
    Transcript(name: "watch.quiet").matches(screen(try WatchedRuns.state([])))
  }

  @Test("before the first message there is a screen too")
  func nothing() {
    #expect(screen(WatchState(), 80, 3).hasPrefix("connecting\n"))
  }

  @Test("names that attack the terminal are shown, not obeyed")
  func hostile() throws {
    let attack = "\u{1B}[2J\u{1B}]0;x\u{07}\u{202E}ok\r\n"
    var state = WatchState()
    state.fold(
      .run(try WatchedRuns.card(agent: attack, workspace: "/" + attack), askSeconds: 60), at: WatchedRuns.start)
    state.fold(
      .exchange(
        WatchedRuns.exchange(
          1, at: 1, to: attack, sources: [WatchedRuns.source(attack, 1...2)], findings: [attack])),
      at: WatchedRuns.start)
    state.fold(WatchedRuns.question(1, to: attack), at: WatchedRuns.start)
    state.fold(.refused(attack), at: WatchedRuns.start)
    let text = screen(state)
    #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E || $0.value == 0x07 })
    Transcript(name: "watch.hostile").matches(text)
  }

  @Test("any state fits any terminal, in lines and in columns, and asks what a key would answer")
  func fits() throws {
    var random = SplitMix(state: 3)
    for round in 0..<300 {
      var state = try round.isMultiple(of: 7) ? WatchState() : WatchedRuns.busy()
      for number in 0..<Int.random(in: 0...40, using: &random) {
        let exchange = WatchedRuns.exchange(
          Int.random(in: 1...60, using: &random), at: Int64.random(in: -5...90_000, using: &random),
          Purpose.allCases.randomElement(using: &random) ?? .web,
          to: String(repeating: "日本.", count: Int.random(in: 0...30, using: &random)) + "x\(number)",
          Action.allCases.randomElement(using: &random) ?? .ask, out: Int.random(in: 0...Int.max, using: &random),
          sources: [WatchedRuns.source("f\(number)", 1...Int.random(in: 1...9_000, using: &random))],
          findings: ["a", "b"])
        state.fold(.exchange(exchange), at: WatchedRuns.start)
      }
      for id in 0..<Int.random(in: 0...3, using: &random) {
        state.fold(WatchedRuns.question(id), at: WatchedRuns.start)
      }
      let (columns, rows) = (Int.random(in: 1...140, using: &random), Int.random(in: 1...40, using: &random))
      let screen = WatchScreen(state, columns: columns, rows: rows, now: WatchedRuns.after(100))
      let lines = screen.lines
      #expect(lines.count <= rows)
      #expect(lines.allSatisfy { $0.width <= columns }, "\(columns) × \(rows)")
      let isShown = lines.contains { $0.pieces.first?.text == "? " }
      if let question = screen.shownQuestion { #expect(isShown && question == state.selected) }
    }
  }
}
