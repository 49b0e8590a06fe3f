internal import Evidence
internal import Glibc
internal import Testing

@testable internal import Enforcement
@testable internal import Run

/// The feed over real sockets.
@Suite("A run that is watched", .timeLimit(.minutes(1)))
struct LiveFeedTests {
  private let place: Place
  private let journal = ExchangeJournal()
  private let asker = PersonAsker(timeout: .seconds(60), terminal: NoTerminal())
  private let live: LiveDirectory
  private let feed: LiveFeed

  private struct NoTerminal: QuestionPlace {
    let isThere = false
    func put(_ question: Int, about exchange: Exchange, for asker: PersonAsker) {}
  }

  init() throws {
    place = try Place()
    live = try LiveDirectory(in: place.path("live"), run: "r_0000000000000000")
    feed = try LiveFeed(in: live.path, first: FeedMessage.make("run", ["run": "r_x"]), journal: journal, asker: asker)
    feed.start()
  }

  private func connect() throws -> Client { try Client(to: live.path) }

  private func enter(_ count: Int = 1, forwarded: Int = 90) {
    for _ in 0..<count { _ = journal.enter { WatchedFixture.exchange($0, forwarded: forwarded) } }
  }

  @Test("who comes late gets all that there is, then what comes, and the farewell last")
  func late() throws {
    enter(3)
    let client = try connect()
    #expect(try client.types(5) == ["run", "exchange", "exchange", "exchange", "current"])
    enter()
    #expect(try client.next()["exchange"]?["sequence"]?.integer == 4)
    journal.update(WatchedFixture.exchange(2, forwarded: 1234))
    let update = try client.next()
    #expect(update["exchange"]?["sequence"]?.integer == 2)
    #expect(update["exchange"]?["forwardedBytes"]?.integer == 1234)
    feed.end(with: FeedMessage.make("ended", [:]))
    #expect(try client.types(1) == ["ended"])
    #expect(try client.line() == nil)
  }

  @Test("an exchange as it is told is the one of the report, byte for byte")
  func form() throws {
    enter()
    let client = try connect()
    _ = try client.types(1)
    let line = try #require(try client.line())
    let wanted = try CanonicalJSON.encode([
      "v": 1, "type": "exchange", "exchange": try #require(journal.exchange(1)).json,
    ])
    #expect(line == wanted)
    feed.end(with: [:])
  }

  @Test("a watcher that never reads slows nothing, and one that reads afterwards has the last state of everything")
  func stuck() throws {
    let (stuck, reading) = (try connect(), try connect())
    _ = try reading.types(2)
    let clock = ContinuousClock()
    let time = clock.measure {
      for round in 1...20 {
        for sequence in 1...1000 {
          if round == 1 { enter() } else { journal.update(WatchedFixture.exchange(sequence, forwarded: round)) }
        }
      }
    }
    // Generous for a machine that is busy with other things; a watcher that were waited for would take for ever.
    #expect(time < .seconds(20))
    var last: [Int: Int] = [:]
    while last.count < 1000 || last.values.contains(where: { $0 != 20 }) {
      guard let exchange = try reading.next()["exchange"] else { continue }
      last[try #require(exchange["sequence"]?.integer)] = exchange["forwardedBytes"]?.integer
    }
    let farewell = clock.measure { feed.end(with: FeedMessage.make("ended", [:])) }
    #expect(farewell < .seconds(5))
    var types: [String: Int] = [:]
    while let line = try stuck.line() { types[try JSONParser.parse(line)["type"]?.string ?? "", default: 0] += 1 }
    #expect(types["run"] == 1)
    #expect(types["exchange", default: 0] < 20_000)
  }

  @Test("questions are told, and answered by whoever watches; an answer to none is refused")
  func answers() throws {
    let client = try connect()
    #expect(try client.types(2) == ["run", "current"])
    let given = Given()
    asker.ask(WatchedFixture.exchange(0)) { given.put($0) }
    let question = try client.next()
    #expect(question["type"]?.string == "question")
    #expect(question["exchange"]?["host"]?.string == "a.example")
    #expect((1...60).contains(try #require(question["secondsLeft"]?.integer)))
    try client.say(#"{"v":1,"type":"answer","question":1,"answer":"yes"}"# + "\n")
    #expect(try client.next() == ["v": 1, "type": "answered", "question": 1, "answer": "yes", "by": "watch"])
    #expect(given.answer == Answer(.yes, at: .watch))
    try client.say(#"{"v":1,"type":"answer","question":9,"answer":"yes"}"# + "\n")
    #expect(try client.next()["type"]?.string == "refused")
    feed.end(with: [:])
  }

  @Test("who comes while a question waits is told of it, and the run's end answers it with silence")
  func openQuestion() throws {
    let first = try connect()
    _ = try first.types(2)
    let given = Given()
    asker.ask(WatchedFixture.exchange(0)) { given.put($0) }
    let second = try connect()
    #expect(try second.types(2).contains("question"))
    asker.end()
    feed.end(with: FeedMessage.make("ended", [:]))
    #expect(given.answer == .silence)
    var types: [String] = []
    while let line = try second.line() { types.append(try JSONParser.parse(line)["type"]?.string ?? "") }
    #expect(types.suffix(2) == ["answered", "ended"])
  }

  @Test("no more than so many watch one run; a place that is left is free again")
  func crowd() throws {
    var clients = try (0..<RunLimits.watchers).map { _ in try connect() }
    for client in clients { _ = try client.types(2) }
    let surplus = try connect()
    #expect(try surplus.next()["type"]?.string == "refused")
    #expect(try surplus.line() == nil)
    clients.removeLast()
    // The feed may hear of the newcomer first.
    var isIn = false
    while !isIn { isIn = try connect().next()["type"]?.string == "run" }
    feed.end(with: [:])
  }

  @Test("nonsense is refused, a line without end ends the talk, and the others notice nothing")
  func hostile() throws {
    let (hostile, other) = (try connect(), try connect())
    for client in [hostile, other] { _ = try client.types(2) }
    try hostile.say("\u{0}\u{1}nonsense\n{}\n[[[[\n")
    #expect(try hostile.types(3) == ["refused", "refused", "refused"])
    hostile.sayAll(String(repeating: "x", count: 1 << 20))
    #expect(try hostile.line() == nil)
    enter()
    #expect(try other.next()["exchange"]?["sequence"]?.integer == 1)
    feed.end(with: [:])
  }

  @Test("a connection that says nothing and leaves costs nothing")
  func passingBy() throws {
    for _ in 0..<50 { _ = try connect() }
    let client = try connect()
    enter()
    #expect(try client.types(1) == ["run"])
    feed.end(with: [:])
  }

  @Test("where nobody watches any more, the journal tells nobody")
  func unwatched() throws {
    feed.end(with: [:])
    #expect(journal.observe(nil) == 0)
    #expect(LiveSocket.connected(to: live.path) == nil)
  }

  @Test("a state directory deeper than a socket's path may be long is no obstacle")
  func deep() throws {
    let deep = place.path(String(repeating: "a-directory-of-some-length/", count: 8))
    let live = try LiveDirectory(in: deep, run: "r_0000000000000001")
    let feed = try LiveFeed(in: live.path, first: FeedMessage.make("run", [:]), journal: journal, asker: asker)
    feed.start()
    #expect(try Client(to: live.path).types(1) == ["run"])
    feed.end(with: [:])
    live.remove()
    #expect(FilePaths.names(in: deep, limit: 9).isEmpty)
  }

  @Test("the socket of a run that was killed is swept away by the next one")
  func swept() throws {
    let dead = place.directory("live/r_0000000000000009")
    try place.file("live/r_0000000000000009/feed")
    #expect(LiveSocket.connected(to: dead) == nil)
    _ = try LiveDirectory(in: place.path("live"), run: "r_0000000000000002")
    #expect(!FilePaths.exists(dead))
    feed.end(with: [:])
  }
}

/// An answer that a test waits for.
private final class Given: Sendable {
  private let pipe: (reading: CInt, writing: CInt)

  init() {
    var numbers: [CInt] = [-1, -1]
    _ = Glibc.pipe(&numbers)
    pipe = (numbers[0], numbers[1])
  }

  deinit { for number in [pipe.reading, pipe.writing] { close(number) } }

  func put(_ answer: Answer) {
    let bytes: [UInt8] = [
      UInt8(Answer.Word.allCases.firstIndex(of: answer.word) ?? 9),
      answer.place.map { UInt8(Answer.Place.allCases.firstIndex(of: $0) ?? 9) } ?? 9,
    ]
    _ = write(pipe.writing, bytes, 2)
  }

  var answer: Answer {
    var bytes: [UInt8] = [0, 0]
    _ = read(pipe.reading, &bytes, 2)
    let place = Int(bytes[1]) < Answer.Place.allCases.count ? Answer.Place.allCases[Int(bytes[1])] : nil
    return Answer(Answer.Word.allCases[Int(bytes[0])], at: place)
  }
}

/// A watcher that waits for what it wants to read.
private final class Client {
  private let socket: CInt
  private var input: [UInt8] = []

  init(to directory: String) throws {
    socket = try #require(LiveSocket.connected(to: directory))
    _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) & ~O_NONBLOCK)
  }

  deinit { close(socket) }

  func say(_ text: String) throws { try #require(sayAll(text)) }

  /// - Returns: whether the other end took all of it.
  @discardableResult
  func sayAll(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// `nil` at the end.
  func line() throws -> [UInt8]? {
    while true {
      if let end = input.firstIndex(of: UInt8(ascii: "\n")) {
        defer { input.removeSubrange(...end) }
        return Array(input[..<end])
      }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(socket, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      input += chunk[..<count]
    }
  }

  func next() throws -> JSONValue { try JSONParser.parse(try #require(try line())) }

  func types(_ count: Int) throws -> [String] { try (0..<count).map { _ in try next()["type"]?.string ?? "?" } }
}
