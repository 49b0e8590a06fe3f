internal import Evidence
internal import Presentation

@testable internal import Run

/// Lines between a run under way and those who watch it, of either side.
enum FeedTarget {
  static func check(_ bytes: [UInt8]) throws {
    let whole = lines([bytes])
    for pieces in Pieces.ways(of: bytes) {
      let parts = lines(pieces)
      // A line without an end is refused as soon as it is too long, with what stands before it.
      try demand(whole == nil || parts == whole, "a watcher's lines depend on how they are cut")
    }
    let spoken = bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
    for line in spoken { try checkWatcher(line) }
    try checkRun(spoken)
  }

  private static func lines(_ pieces: [[UInt8]]) -> [[UInt8]]? {
    var watcher = Watcher(first: [:], exchanges: 0)
    var lines: [[UInt8]] = []
    for piece in pieces {
      guard let more = watcher.take(piece[...]) else { return nil }
      lines += more
    }
    return lines
  }

  private static func checkWatcher(_ line: [UInt8]) throws {
    guard case .answer(let question, let isYes)? = try? WatcherMessage(line) else { return }
    let written = FeedMessage.line(
      ["v": 1, "type": "answer", "question": .integer(question), "answer": isYes ? "yes" : "no"])
    try demand(try WatcherMessage(written) == .answer(question: question, isYes: isYes), "an answer is another")
  }

  /// What a run says is shown without doing anything to the terminal, and twice is as good as once.
  private static func checkRun(_ lines: [[UInt8]]) throws {
    let messages = lines.compactMap { line in
      (try? JSONParser.parse(line)).flatMap { try? WatchMessage(json: $0) }
    }
    let now = Timestamp(millisecondsSinceEpoch: 1_700_000_000_000)
    var state = WatchState()
    var log = WatchLog()
    for message in messages {
      state.fold(message, at: now)
      if let line = log.line(message, state, at: now) { try checkShown(line) }
      try checkWritten(message)
    }
    for columns in [20, 80, 200] {
      let lines = WatchScreen(state, columns: columns, rows: 24, now: now).lines
      try demand(lines.count <= 24 && lines.allSatisfy { $0.width <= columns }, "the screen is too small for it")
      for line in lines { try checkShown(line) }
      if let end = state.end { for line in WatchFarewell(state, end).lines(columns: columns) { try checkShown(line) } }
    }
    let (totals, files) = (state.totals, state.files)
    for message in messages { state.fold(message, at: now) }
    try demand(state.totals == totals && state.files == files, "what is told again counts twice")
    for key in UInt8.min...UInt8.max { _ = state.press(key, at: now, shownSince: [:]) }
  }

  private static func checkShown(_ line: Line) throws {
    try demand(
      line.rendered(.plain).unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) },
      "a control character is shown")
  }

  private static func checkWritten(_ message: WatchMessage) throws {
    guard case .exchange(let exchange) = message else { return }
    let line = FeedMessage.line(FeedMessage.exchange(exchange))
    try demand(try WatchMessage(json: try JSONParser.parse(line)) == message, "an exchange that we write is another")
  }
}
