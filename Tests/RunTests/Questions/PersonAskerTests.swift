internal import Enforcement
internal import Evidence
internal import Glibc
internal import Synchronization
internal import Testing

@testable internal import Run

@Suite("Questions to people")
struct PersonAskerTests {
  /// A terminal that shows nothing, and answers when the test says so.
  private final class Terminal: QuestionPlace {
    let isThere: Bool
    let asked = Mutex<[Int]>([])

    init(isThere: Bool) { self.isThere = isThere }

    func put(_ question: Int, about exchange: Exchange, for asker: PersonAsker) {
      asked.withLock { $0.append(question) }
    }
  }

  private final class Answers: Sendable {
    let given = Mutex<[Answer]>([])
    var all: [Answer] { given.withLock { $0 } }
    func take(_ answer: Answer) { given.withLock { $0.append(answer) } }
  }

  private static func asker(terminal: Bool, timeout: Duration = .seconds(60)) -> (PersonAsker, Terminal) {
    let place = Terminal(isThere: terminal)
    return (PersonAsker(timeout: timeout, terminal: place), place)
  }

  private let exchange = WatchedFixture.exchange(0)

  @Test("where there is neither terminal nor watcher, the answer is silence, at once")
  func nobody() {
    let (asker, terminal) = Self.asker(terminal: false)
    let answers = Answers()
    asker.ask(exchange) { answers.take($0) }
    #expect(answers.all == [.silence])
    #expect(terminal.asked.withLock { $0 }.isEmpty)
    #expect(asker.questions.waiting.isEmpty)
  }

  @Test("a question of the run's first moment waits for a watcher who comes, and is silence where none does")
  func arrival() async {
    let asker = PersonAsker(timeout: .seconds(60), terminal: Terminal(isThere: false), arrival: .seconds(60))
    let answer = await withCheckedContinuation { continuation in
      asker.ask(exchange) { continuation.resume(returning: $0) }
      #expect(asker.questions.waiting.map(\.id) == [1])
      asker.setWatchers(1)
      asker.settle(1, Answer(.yes, at: .watch))
    }
    #expect(answer == Answer(.yes, at: .watch))
    asker.setWatchers(0)
    let silence = await withCheckedContinuation { continuation in
      asker.ask(exchange) { continuation.resume(returning: $0) }
    }
    #expect(silence == .silence)
  }

  @Test("a watcher alone is asked, and its answer says where it was given", arguments: [Answer.Word.yes, .no])
  func watcherOnly(word: Answer.Word) {
    let (asker, _) = Self.asker(terminal: false)
    let answers = Answers()
    asker.setWatchers(1)
    asker.ask(exchange) { answers.take($0) }
    #expect(asker.questions.waiting.map(\.id) == [1])
    #expect(asker.settle(1, Answer(word, at: .watch)))
    #expect(answers.all == [Answer(word, at: .watch)])
    #expect(asker.questions.waiting.isEmpty)
    #expect(asker.questions.settled.map(\.id) == [1])
  }

  @Test("the first answer counts, and a second one is told that it came too late")
  func first() {
    let (asker, terminal) = Self.asker(terminal: true)
    let answers = Answers()
    let heard = Answers()
    asker.setWatchers(2)
    asker.ask(exchange) { answers.take($0) }
    #expect(terminal.asked.withLock { $0 } == [1])
    #expect(asker.whenSettled(1) { heard.take($0) })
    #expect(asker.settle(1, Answer(.no, at: .watch)))
    #expect(!asker.settle(1, Answer(.yes, at: .terminal)))
    #expect(answers.all == [Answer(.no, at: .watch)])
    #expect(heard.all == [Answer(.no, at: .watch)])
    #expect(!asker.whenSettled(1) { heard.take($0) })
    #expect(!asker.begin(1))
  }

  @Test("of answers that come at the same time from everywhere, one counts")
  func race() async {
    for _ in 0..<50 {
      let (asker, _) = Self.asker(terminal: false)
      let answers = Answers()
      asker.setWatchers(1)
      for _ in 0..<4 { asker.ask(exchange) { answers.take($0) } }
      let taken = await withTaskGroup(of: Int.self) { group in
        for word in [Answer.Word.yes, .no, .yes, .no] {
          group.addTask { (1...4).count { asker.settle($0, Answer(word, at: .watch)) } }
        }
        group.addTask {
          asker.end()
          return 0
        }
        return await group.reduce(0, +)
      }
      #expect(answers.all.count == 4)
      #expect(answers.all.count { $0 != .silence } == taken)
    }
  }

  @Test("when the run ends, what is open is answered with silence, and so is what comes later")
  func end() {
    let (asker, _) = Self.asker(terminal: true)
    let answers = Answers()
    asker.ask(exchange) { answers.take($0) }
    asker.end()
    asker.ask(exchange) { answers.take($0) }
    #expect(answers.all == [.silence, .silence])
  }

  @Test("a question whose time is over is answered with silence")
  func timeout() async {
    let (asker, _) = Self.asker(terminal: false, timeout: .zero)
    asker.setWatchers(1)
    let answer = await withCheckedContinuation { continuation in
      asker.ask(exchange) { continuation.resume(returning: $0) }
    }
    #expect(answer == .silence)
  }

  @Test("a terminal that is gone leaves the question to those who watch, or else to silence")
  func goneTerminal() {
    let (asker, _) = Self.asker(terminal: true)
    let answers = Answers()
    asker.ask(exchange) { answers.take($0) }
    asker.setWatchers(1)
    asker.giveUp(1)
    #expect(answers.all.isEmpty)
    asker.setWatchers(0)
    asker.giveUp(1)
    #expect(answers.all == [.silence])
  }

  @Test("whoever listens is told of each question and each answer")
  func listener() {
    let (asker, _) = Self.asker(terminal: false)
    let calls = Mutex(0)
    asker.listen { calls.withLock { $0 += 1 } }
    asker.setWatchers(1)
    asker.ask(exchange) { _ in }
    #expect(calls.withLock { $0 } == 1)
    asker.settle(1, .no)
    #expect(calls.withLock { $0 } == 2)
  }
}
