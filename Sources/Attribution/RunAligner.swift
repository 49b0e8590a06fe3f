internal import Glibc

/// Extends a line that a message and a document have in common to both sides, as far as they go on alike.
struct RunAligner: ~Copyable {
  let store: StoredLines
  var lines: MessageLines
  /// Comparisons that may still be made.
  private(set) var steps: Int
  /// Lines of the document that the last gap went over.
  private var skipped = 0

  init(_ store: StoredLines, _ lines: consuming MessageLines) {
    self.store = store
    steps = AttributionLimits.minimumSteps + lines.lineCount * AttributionLimits.stepsPerLine
    self.lines = lines
  }

  var isExhausted: Bool { steps <= 0 }

  /// Fills `run` with the run through this pair; nothing where the bytes differ.
  mutating func align(_ message: Int, _ line: Int, into run: inout SourceRun) {
    run.clear()
    guard let first = pair(message, line) else { return }
    run.pairs.append(first)
    run.bytes = Int(first.end - first.start)
    extend(&run, from: first, forwards: true)
    run.backwards = run.pairs.count
    extend(&run, from: first, forwards: false)
  }

  /// The lines, if their bytes are the same.
  private mutating func pair(_ message: Int, _ line: Int) -> SourceRun.Pair? {
    steps -= 1
    guard let reading = lines.reading(of: message, with: store.hash(line)) else { return nil }
    let count = Int(reading.end - reading.start)
    guard store.holds(line, lines.text + Int(reading.start), count) else { return nil }
    return SourceRun.Pair(
      message: Int32(truncatingIfNeeded: message), line: Int32(truncatingIfNeeded: line), start: reading.start,
      end: reading.end)
  }

  /// The lines, if they are the same as they stand.
  @inline(__always)
  private mutating func plainPair(_ message: Int, _ line: Int) -> SourceRun.Pair? {
    steps &-= 1
    let (start, end) = (lines[message].start, lines[message].end)
    guard lines[message].hash == store.hash(line),
      store.holds(line, lines.text + Int(start), Int(end &- start))
    else { return nil }
    return SourceRun.Pair(
      message: Int32(truncatingIfNeeded: message), line: Int32(truncatingIfNeeded: line), start: start, end: end)
  }

  private mutating func extend(_ run: inout SourceRun, from seed: SourceRun.Pair, forwards: Bool) {
    var message = Int(seed.message)
    var line = Int(seed.line)
    while steps > 0 {
      guard let next = forwards ? store.nextText(after: line) : store.previousText(before: line) else { return }
      guard var place = neighbour(of: message, forwards) else { return }
      if let found = plainPair(place, next) {
        take(found, &run)
        (message, line) = (place, next)
        continue
      }
      // A blank line of the document may have a number or a sign in the message.
      while lines.isBare(place), lines.reading(of: place, with: store.hash(next)) == nil,
        let other = neighbour(of: place, forwards)
      {
        place = other
      }
      if let found = pair(place, next) {
        take(found, &run)
        (message, line) = (place, next)
      } else if run.bytes >= AttributionLimits.gapBytes, let found = overGap(from: place, next, forwards) {
        take(found, &run)
        run.skipped += Int(found.line) == next ? 0 : skipped
        (message, line) = (Int(found.message), Int(found.line))
      } else {
        let part = part(ofLine: next, from: place, forwards)
        if forwards { run.tail = part } else { run.head = part }
        run.bytes += part?.count ?? 0
        return
      }
    }
  }

  private func take(_ pair: SourceRun.Pair, _ run: inout SourceRun) {
    run.pairs.append(pair)
    run.bytes += Int(pair.end - pair.start)
  }

  /// The message's next line to that side, unless text was left out between.
  @inline(__always)
  private func neighbour(of message: Int, _ forwards: Bool) -> Int? {
    if forwards {
      return message + 1 < lines.lineCount && !lines[message + 1].isCutBefore ? message + 1 : nil
    }
    return message > 0 && !lines[message].isCutBefore ? message - 1 : nil
  }

  /// The message's next line to that side that is more than a number or a sign.
  private mutating func text(beside message: Int, _ forwards: Bool) -> Int? {
    var place = neighbour(of: message, forwards)
    for _ in 0..<AttributionLimits.gapLines {
      guard let bare = place, lines.isBare(bare) else { break }
      place = neighbour(of: bare, forwards)
    }
    return place
  }

  /// Goes on behind a few lines that only the message has, or only the document: the two sides of a diff.
  private mutating func overGap(from message: Int, _ line: Int, _ forwards: Bool) -> SourceRun.Pair? {
    var place = message
    var isDiff = lines.hasSign(place)
    var left = AttributionLimits.gapLines
    while left > 0, let next = neighbour(of: place, forwards) {
      place = next
      if let found = pair(place, line), isDiff || isTelling(found, forwards) { return found }
      if lines.isBare(place) { continue }
      left -= 1
      isDiff = isDiff && lines.hasSign(place)
    }
    var other = line
    let changed = neighbour(of: message, forwards)
    for skipped in 1...AttributionLimits.gapLines {
      guard let next = forwards ? store.nextText(after: other) : store.previousText(before: other) else { break }
      other = next
      self.skipped = skipped
      if let found = pair(message, other), isTelling(found, forwards) { return found }
      // A line that is another one in the message.
      if skipped == 1, let changed, let found = pair(changed, other), isTelling(found, forwards) { return found }
    }
    return nil
  }

  /// Whether a pair behind a gap is, with those after it, more than braces that stand everywhere.
  private mutating func isTelling(_ found: SourceRun.Pair, _ forwards: Bool) -> Bool {
    var bytes = Int(found.end - found.start)
    var (message, line) = (Int(found.message), Int(found.line))
    for _ in 0..<AttributionLimits.gapLines where bytes < AttributionLimits.tellingLineBytes {
      guard let next = forwards ? store.nextText(after: line) : store.previousText(before: line),
        let place = neighbour(of: message, forwards), let after = pair(place, next)
      else { return false }
      bytes += Int(after.end - after.start)
      (message, line) = (place, next)
    }
    return bytes >= AttributionLimits.tellingLineBytes
  }

  // MARK: Parts of lines

  /// What of the document's line is there, in the message's line or behind lines that a diff has before it.
  private mutating func part(ofLine line: Int, from message: Int, _ forwards: Bool) -> SourceRun.Part? {
    var place = message
    for _ in 0...AttributionLimits.gapLines {
      if let part = forwards ? beginning(ofLine: line, in: place) : ending(ofLine: line, in: place) { return part }
      guard lines.hasSign(place), let next = neighbour(of: place, forwards) else { return nil }
      place = next
    }
    return nil
  }

  /// How much of the document's line the message's line begins with, where the message ends or its quotation does.
  private mutating func beginning(ofLine line: Int, in message: Int) -> SourceRun.Part? {
    steps -= 1
    let text = Int(store.starts[line])
    let length = store.textEnd(ofLine: line) - text
    let end = Int(lines[message].end)
    var part: SourceRun.Part?
    let (store, source) = (store, lines.text)
    // Where a token of base64 ends, a few bytes of what follows it may be read as if they were encoded, too.
    let isEdge = message + 1 == lines.lineCount || lines[message + 1].isCutBefore
    let rest = isEdge ? Self.strayBytes : 0
    lines.forEachStart(of: message) { start in
      let most = min(length, end - Int(start))
      var count = 0
      while count < most, store.text[text + count] == source[Int(start) + count] { count += 1 }
      let next = Int(start) + count + rest < end ? source[Int(start) + count] : nil
      guard count > rest, Self.isPart(count, of: length, next: next) else { return false }
      part = SourceRun.Part(
        line: Int32(truncatingIfNeeded: line), textStart: text, start: start, count: count,
        message: Int32(truncatingIfNeeded: message))
      return true
    }
    return part
  }

  /// How much of the document's line the message's line ends with.
  private mutating func ending(ofLine line: Int, in message: Int) -> SourceRun.Part? {
    steps -= 1
    let textEnd = store.textEnd(ofLine: line)
    let length = textEnd - Int(store.starts[line])
    let start = Int(lines[message].start)
    let end = Int(lines[message].end)
    let most = min(length, end - start)
    var count = 0
    while count < most, store.text[textEnd - 1 - count] == lines.text[end - 1 - count] { count += 1 }
    guard count > 0 else { return nil }
    // A decoration may stand before the part, and may look as if it belonged to it.
    var part: SourceRun.Part?
    lines.forEachStart(of: message) { other in
      guard end - Int(other) <= count, Self.isPart(end - Int(other), of: length, next: nil) else { return false }
      part = SourceRun.Part(
        line: Int32(truncatingIfNeeded: line), textStart: textEnd - (end - Int(other)), start: other,
        count: end - Int(other), message: Int32(truncatingIfNeeded: message))
      return true
    }
    if let part { return part }
    let before: UInt8? = end - count > start ? lines.text[end - count - 1] : nil
    guard Self.isPart(count, of: length, next: before) else { return nil }
    return SourceRun.Part(
      line: Int32(truncatingIfNeeded: line), textStart: textEnd - count, start: Int32(truncatingIfNeeded: end - count),
      count: count, message: Int32(truncatingIfNeeded: message))
  }

  /// Bytes beside the run that are the same but too few to be named: they tell which of two places it is.
  mutating func hint(_ run: SourceRun) -> Int {
    guard !run.pairs.isEmpty else { return 0 }
    return hint(before: run.ordered(0)) + hint(after: run.ordered(run.pairs.count - 1))
  }

  private static let mostHint = 256

  private mutating func hint(before first: SourceRun.Pair) -> Int {
    guard let line = store.previousText(before: Int(first.line)), let message = text(beside: Int(first.message), false)
    else { return 0 }
    let (end, textEnd) = (Int(lines[message].end), store.textEnd(ofLine: line))
    let most = min(lines.length(message), textEnd - Int(store.starts[line]), Self.mostHint)
    var count = 0
    while count < most, store.text[textEnd - 1 - count] == lines.text[end - 1 - count] { count += 1 }
    return count
  }

  private mutating func hint(after last: SourceRun.Pair) -> Int {
    guard let line = store.nextText(after: Int(last.line)), let message = text(beside: Int(last.message), true) else {
      return 0
    }
    let (text, end) = (Int(store.starts[line]), Int(lines[message].end))
    let length = store.textEnd(ofLine: line) - text
    let (store, source) = (store, lines.text)
    var longest = 0
    lines.forEachStart(of: message) { start in
      let most = min(length, end - Int(start), Self.mostHint)
      var count = 0
      while count < most, store.text[text + count] == source[Int(start) + count] { count += 1 }
      longest = max(longest, count)
      return false
    }
    return longest
  }

  /// Whether so much of a line is worth naming: all of it in quotes, or enough of it up to where the text ends.
  ///
  /// - Parameter next: what stands beside it in the message, if anything.
  private static func isPart(_ count: Int, of length: Int, next: UInt8?) -> Bool {
    guard let next else { return count >= AttributionLimits.partialBytes || count == length }
    let isQuote = next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") || next == UInt8(ascii: "`")
    if count == length { return isQuote || length >= wholeBytes && !isWord(next) }
    return isQuote && count >= AttributionLimits.partialBytes
  }

  /// Bytes after text that ends with its encoding.
  private static let strayBytes = 4

  /// Bytes of a whole line that is believed with something beside it.
  private static let wholeBytes = 12

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf) || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}
