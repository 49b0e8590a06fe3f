internal import Enforcement
internal import Evidence
internal import Testing

@testable internal import Run

@Suite("What a watcher is told and says")
struct WatcherTests {
  private static func types(_ watcher: inout Watcher, from exchange: (Int) -> Exchange?) -> [String] {
    var types: [String] = []
    while let message = watcher.next(exchange) {
      let type = message["type"]?.string ?? "?"
      types.append(type == "exchange" ? "exchange \(message["exchange"]?["sequence"]?.integer ?? 0)" : type)
    }
    return types
  }

  private static func exchange(_ sequence: Int) -> Exchange { WatchedFixture.exchange(sequence) }

  @Test("one that comes late gets everything first, and is told when that is all")
  func late() {
    var watcher = Watcher(first: FeedMessage.make("run", [:]), exchanges: 2)
    watcher.note(3, isBehind: false)
    let told = Self.types(&watcher, from: Self.exchange)
    #expect(told == ["run", "exchange 1", "exchange 2", "current", "exchange 3"])
  }

  @Test("an exchange that changes while nobody reads comes once, as it is then; who is behind is told what was missed")
  func coalesced() {
    var watcher = Watcher(first: FeedMessage.make("run", [:]), exchanges: 0)
    _ = Self.types(&watcher, from: Self.exchange)
    for _ in 0..<5 { watcher.note(7, isBehind: false) }
    let quiet = Self.types(&watcher, from: Self.exchange)
    #expect(quiet == ["exchange 7"])
    for _ in 0..<5 { watcher.note(7, isBehind: true) }
    let missed = watcher.next(Self.exchange)
    #expect(missed?["updates"]?.integer == 4)
    let behind = Self.types(&watcher, from: Self.exchange)
    #expect(behind == ["exchange 7"])
  }

  @Test("a question is told once, before exchanges, and its answer once")
  func questions() {
    var watcher = Watcher(first: FeedMessage.make("run", [:]), exchanges: 1)
    let waiting = [PersonAsker.Waiting(id: 4, exchange: Self.exchange(0), left: .seconds(59))]
    watcher.note(waiting: waiting, settled: [])
    watcher.note(waiting: waiting, settled: [])
    let told = Self.types(&watcher, from: Self.exchange)
    #expect(told == ["run", "question", "exchange 1", "current"])
    let settled = [PersonAsker.Settled(id: 4, answer: Answer(.no, at: .terminal))]
    watcher.note(waiting: [], settled: settled)
    watcher.note(waiting: [], settled: settled)
    let message = watcher.next(Self.exchange)
    #expect(message == ["v": 1, "type": "answered", "question": 4, "answer": "no", "by": "terminal"])
    let more = watcher.next(Self.exchange)
    #expect(more == nil)
  }

  @Test("the farewell is last, whatever waits")
  func farewell() {
    var watcher = Watcher(first: FeedMessage.make("run", [:]), exchanges: 1)
    watcher.end(with: FeedMessage.make("ended", [:]))
    watcher.note(1, isBehind: false)
    watcher.refuse("no")
    let told = Self.types(&watcher, from: Self.exchange)
    #expect(told == ["run", "refused", "exchange 1", "current", "ended"])
  }

  @Test("lines are put together however they are cut, and blank ones are none")
  func lines() {
    let text = Array("one\n\n \r\ntwo\nthr".utf8)
    for cut in 0...text.count {
      var watcher = Watcher(first: FeedMessage.make("run", [:]), exchanges: 0)
      let lines = (watcher.take(text[..<cut]) ?? []) + (watcher.take(text[cut...]) ?? [])
      #expect(lines == [Array("one".utf8), Array("two".utf8)])
      let last = watcher.take(Array("ee\n".utf8)[...])
      #expect(last == [Array("three".utf8)])
    }
  }

  @Test("a line longer than any that is meant ends the talk, whole or not")
  func longLine() {
    let long = [UInt8](repeating: 0x61, count: RunLimits.watcherLineBytes + 1)
    func taken(_ bytes: [UInt8]) -> [[UInt8]]? {
      var watcher = Watcher(first: FeedMessage.make("run", [:]), exchanges: 0)
      return watcher.take(bytes[...])
    }
    #expect(taken(long) == nil)
    #expect(taken(long + [0x0a]) == nil)
    #expect(taken(long.dropLast() + [0x0a]) == [Array(long.dropLast())])
  }

  @Test("an answer is understood")
  func answer() throws {
    let line = Array(#"{"v":1,"type":"answer","question":3,"answer":"yes","more":[]}"#.utf8)
    #expect(try WatcherMessage(line) == .answer(question: 3, isYes: true))
  }

  @Test(
    "anything else is refused with a sentence",
    arguments: [
      "", "no", "{", "[]", "1", #"{"v":2,"type":"answer","question":3,"answer":"yes"}"#,
      #"{"v":1,"type":"stop"}"#, #"{"v":1,"type":"answer","question":"3","answer":"yes"}"#,
      #"{"v":1,"type":"answer","question":3,"answer":"Yes"}"#, #"{"v":1,"type":"answer","question":3}"#,
      #"{"v":1,"type":"answer","question":1e300,"answer":"no"}"#, "\u{0}", "\"\\ud800\"",
      String(repeating: "[", count: 1000),
    ])
  func nonsense(line: String) {
    let problem = #expect(throws: WatcherMessage.Problem.self) { try WatcherMessage(Array(line.utf8)) }
    #expect(problem?.sentence.isEmpty == false)
  }
}
