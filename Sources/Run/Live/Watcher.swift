internal import Evidence

/// What one watcher has still to be told and has said, without any I/O.
struct Watcher {
  /// Exchanges to tell, at first all there are.
  private var changes: ChangeQueue
  /// Of the state at its arrival, exchanges that it does not know yet.
  private var arrears: Int
  private let inherited: Int
  private var isCurrentTold = false
  /// Messages that go before exchanges.
  private var urgent: [JSONValue] = []
  /// Questions that it knows of and that wait.
  private(set) var questions: Set<Int> = []
  private var skipped = 0
  /// What was read and is no whole line yet.
  private var input: [UInt8] = []
  /// Said after all else.
  private var last: JSONValue?

  /// - Parameter count: the exchanges that there are.
  init(first message: JSONValue, exchanges count: Int) {
    urgent = [message]
    changes = ChangeQueue(count > 0 ? Array(1...count) : [])
    arrears = count
    inherited = count
  }

  /// - Parameter isBehind: whether it has not read what it was sent before: then it is told what it missed.
  mutating func note(_ exchange: Int, isBehind: Bool) {
    if !changes.insert(exchange), isBehind { skipped += 1 }
  }

  /// Brings its questions to what they are now.
  mutating func note(waiting: [PersonAsker.Waiting], settled: [PersonAsker.Settled]) {
    for question in waiting where questions.insert(question.id).inserted {
      urgent.append(FeedMessage.question(question))
    }
    for question in settled where questions.remove(question.id) != nil {
      urgent.append(FeedMessage.answered(question.id, question.answer))
    }
  }

  mutating func refuse(_ sentence: String) { urgent.append(FeedMessage.refused(sentence)) }

  mutating func end(with message: JSONValue) { last = message }

  /// The next message; `nil` where it knows everything.
  mutating func next(_ exchange: (Int) -> Exchange?) -> JSONValue? {
    if !urgent.isEmpty { return urgent.removeFirst() }
    if arrears == 0, !isCurrentTold {
      isCurrentTold = true
      return FeedMessage.current(inherited)
    }
    if skipped > 0 {
      defer { skipped = 0 }
      return FeedMessage.skipped(skipped)
    }
    while let number = changes.next() {
      arrears = max(0, arrears - 1)
      if let exchange = exchange(number) { return FeedMessage.exchange(exchange) }
    }
    defer { last = nil }
    return last
  }

  /// Takes what it said.
  ///
  /// - Returns: whole lines; `nil` for one that is too long to be meant.
  mutating func take(_ bytes: ArraySlice<UInt8>) -> [[UInt8]]? {
    input += bytes
    var lines: [[UInt8]] = []
    while let end = input.firstIndex(of: UInt8(ascii: "\n")) {
      let line = Array(input[..<end])
      input.removeSubrange(...end)
      guard line.count <= RunLimits.watcherLineBytes else { return nil }
      if line.contains(where: { $0 > 0x20 }) { lines.append(line) }
    }
    return input.count <= RunLimits.watcherLineBytes ? lines : nil
  }
}
