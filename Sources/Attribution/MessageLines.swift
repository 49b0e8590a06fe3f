internal import CText
internal import Glibc

/// The lines of a segment of a message's text, and what they are without decorations.
struct MessageLines: ~Copyable {
  let text: UnsafePointer<UInt8>
  let count: Int
  private let key: LineHash
  private var lines: Scratch<MessageLine>
  private var readings = Scratch<LineReading>(capacity: 64)

  /// - Parameters:
  ///   - bytes: stay where they are.
  ///   - seen: lines that need not be looked up.
  init(_ bytes: UnsafeBufferPointer<UInt8>, key: LineHash, seen: SeenLines?) {
    // Nothing is read of what is empty.
    text = bytes.baseAddress ?? UnsafePointer(Self.nothing)
    count = bytes.count
    self.key = key
    lines = Scratch(capacity: count / 32 + 4)
    var isCut = true
    var start = 0
    var chunk = 0
    let memory = RecycledMemory.take(Self.chunk * MemoryLayout<UInt32>.stride)
    defer { RecycledMemory.giveBack(memory) }
    while chunk < count, let stops = memory.bindMemory(to: UInt32.self).baseAddress {
      let found = sallyport_line_stops(text + chunk, min(Self.chunk, count - chunk), stops)
      for index in 0..<found {
        let stop = chunk &+ Int(stops[index])
        addLine(start, stop, isCut: &isCut, seen)
        // Text was left out there.
        if text[stop] == Self.separator { isCut = true }
        start = stop &+ 1
      }
      chunk += Self.chunk
    }
    addLine(start, count, isCut: &isCut, seen)
    if seen != nil { lookAroundNewLines() }
  }

  /// RECORD SEPARATOR: a view of a message has it where text was left out.
  private static let separator: UInt8 = 0x1e
  /// Bytes in which lines' ends are looked for at once.
  private static let chunk = 4096

  /// The text between two stops without the white space around it, if there is any.
  @inline(__always)
  private mutating func addLine(_ first: Int, _ stop: Int, isCut: inout Bool, _ seen: SeenLines?) {
    let line = TextLine(text, from: first, to: stop)
    guard line.end > line.start else { return }
    let hash = key.hash(text + line.start, line.end &- line.start)
    lines.append(
      MessageLine(
        start: Int32(truncatingIfNeeded: line.start), end: Int32(truncatingIfNeeded: line.end), hash: hash,
        isCutBefore: isCut, isSeen: seen?.contains(hash) ?? false))
    isCut = false
  }

  /// Lines beside one that is new are looked up with it: the new one may say little without them.
  private mutating func lookAroundNewLines() {
    var lastNew = -1 - AttributionLimits.gramLines
    for index in 0..<lines.count {
      if !lines.at(index).pointee.isSeen {
        for before in max(0, index - AttributionLimits.gramLines)..<index {
          lines.at(before).pointee.isSeen = false
        }
        lastNew = index
      } else if index - lastNew <= AttributionLimits.gramLines {
        lines.at(index).pointee.isSeen = false
      }
    }
  }

  // Never written or freed.
  nonisolated(unsafe) private static let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

  @inline(__always)
  subscript(_ index: Int) -> MessageLine { lines.at(index).pointee }

  /// How many there are.
  @inline(__always)
  var lineCount: Int { lines.count }

  @inline(__always)
  mutating func set(_ index: Int, _ entry: PlaceTable.Entry, _ hash: UInt32) {
    let line = lines.at(index)
    line.pointee.isLookedUp = true
    line.pointee.entry = entry
    line.pointee.found = hash
  }

  @inline(__always)
  mutating func noteReadingsLookedUp(_ index: Int) { lines.at(index).pointee.isReadingLookedUp = true }

  @inline(__always)
  mutating func own(_ index: Int, _ run: Int32) { lines.at(index).pointee.run = run }

  @inline(__always)
  func length(_ index: Int) -> Int { Int(lines.at(index).pointee.end - lines.at(index).pointee.start) }

  /// The line as it is, then its readings: where in the text the one with the hash stands.
  @inline(__always)
  mutating func reading(of index: Int, with hash: UInt32) -> LineReading? {
    let line = lines.at(index).pointee
    if line.hash == hash { return LineReading(start: line.start, end: line.end, hash: hash) }
    return otherReading(of: index, with: hash)
  }

  private mutating func otherReading(of index: Int, with hash: UInt32) -> LineReading? {
    read(index)
    let line = lines[index]
    for place in line.firstReading..<line.endReading where readings[Int(place)].hash == hash {
      return readings[Int(place)]
    }
    return nil
  }

  /// Whether the line is a decoration without anything: a blank line with its number or its quotation sign.
  mutating func isBare(_ index: Int) -> Bool {
    guard length(index) <= Self.longestBare else { return false }
    read(index)
    return lines[index].isBare
  }

  private static let longestBare = 256

  /// Whether the line has the sign of a diff, under whatever other decoration.
  mutating func hasSign(_ index: Int) -> Bool {
    if isSign(lines[index].start) { return true }
    read(index)
    for place in lines[index].firstReading..<lines[index].endReading where isSign(readings[Int(place)].start) {
      return true
    }
    return false
  }

  private func isSign(_ start: Int32) -> Bool {
    text[Int(start)] == UInt8(ascii: "+") || text[Int(start)] == UInt8(ascii: "-")
  }

  /// Where the line's text may begin, until the body has what it wants.
  mutating func forEachStart(of index: Int, _ body: (Int32) -> Bool) {
    if body(lines[index].start) { return }
    forEachOtherReading(of: index) { body($0.start) }
  }

  mutating func forEachOtherReading(of index: Int, _ body: (LineReading) -> Bool) {
    read(index)
    let line = lines.at(index).pointee
    for place in line.firstReading..<line.endReading where body(readings[Int(place)]) { return }
  }

  /// Takes decorations off, one after the other, and the quotes of JSON.
  private mutating func read(_ index: Int) {
    guard !lines[index].isRead else { return }
    lines[index].isRead = true
    let line = lines[index]
    let first = Int32(truncatingIfNeeded: readings.count)
    let decoration = LineDecoration(text: text)
    var start = Int(line.start)
    let end = Int(line.end)
    for _ in 0..<AttributionLimits.decorations {
      guard let next = decoration.stripped(start, end) else { break }
      guard next < end else {
        lines[index].isBare = true
        break
      }
      add(next, end)
      start = next
    }
    if end - start <= Self.longestQuoted { readQuoted(start, end) }
    lines.at(index).pointee.firstReading = first
    lines.at(index).pointee.endReading = Int32(truncatingIfNeeded: readings.count)
  }

  /// Bytes of a line in which quotes are looked for.
  private static let longestQuoted = 2048
  /// Quotes of one line that are looked at.
  private static let mostQuoted = 8
  /// Readings that one line may have: one for each decoration, one for each string and one for what is open at its end.
  static let mostReadings = AttributionLimits.decorations + mostQuoted + 1

  /// The end of a string that began lines ago, those that are whole, and the beginning of one that goes on.
  private mutating func readQuoted(_ start: Int, _ end: Int) {
    var position = start
    var isInside = true
    var opened = start
    for _ in 0..<Self.mostQuoted {
      guard let found = memchr(text + position, Int32(UInt8(ascii: "\"")), end - position) else { break }
      let quote = UnsafeRawPointer(found) - UnsafeRawPointer(text)
      position = quote + 1
      if isInside {
        guard closes(quote, end) else { continue }
        if quote > opened, quote < end { addTrimmed(opened, quote) }
        isInside = false
      } else if opens(quote, start) {
        opened = quote + 1
        isInside = true
      }
    }
    if isInside, opened > start, opened < end { addTrimmed(opened, end) }
  }

  private func closes(_ quote: Int, _ end: Int) -> Bool {
    guard quote + 1 < end else { return true }
    return [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: ")")]
      .contains(text[quote + 1])
  }

  private func opens(_ quote: Int, _ start: Int) -> Bool {
    guard quote > start else { return true }
    return [
      UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: " "),
    ]
    .contains(text[quote - 1])
  }

  private mutating func addTrimmed(_ start: Int, _ end: Int) {
    var (start, end) = (start, end)
    while start < end, text[start] <= 0x20 { start += 1 }
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    if end > start { add(start, end) }
  }

  private mutating func add(_ start: Int, _ end: Int) {
    readings.append(
      LineReading(
        start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end),
        hash: key.hash(text + start, end - start)))
  }
}
