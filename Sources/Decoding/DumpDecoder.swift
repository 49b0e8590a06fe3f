/// Reads dumps: lines of ``DumpLine`` whose offsets go on from each other are the bytes that somebody looked at.
///
/// Each line has one place, since behind its digits it often has the same bytes once more in clear: what is taken out of it
/// takes both.
struct DumpDecoder {
  static let layer = "dump"

  private struct Run {
    var last: DumpLine
    /// Bytes of a whole line.
    let width: Int
    /// Lines that are like the one before are written as one `*`.
    var hasGap = false
  }

  private var child: DecodedView?
  private var run: Run?
  /// Where the run's first offset stands.
  private var start = 0
  private var next: Int
  /// Whether a line begins at ``next``, behind another.
  private var isBehindLine = false
  private var isTooDeep = false

  init(from start: Int = 0) { next = start }

  // The line before is among the bytes that every view keeps.
  var needed: Int { next }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&child) }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    while next < end, !isTooDeep {
      guard isBehindLine else {
        guard let lineEnd = view.window.first(Self.lineFeed, from: next, to: end) else { break }
        next = lineEnd + 1
        isBehindLine = true
        continue
      }
      guard mayBegin(view, upTo: end) else {
        endLine(isDump: false)
        continue
      }
      let limit = min(end, next + DumpLine.longest + 1)
      let lineEnd = Self.lineEnd(view, from: next, to: limit)
      // More of it may come.
      guard lineEnd < limit || isLast || end - next > DumpLine.longest else { return }
      endLine(isDump: take(view, next..<lineEnd), lineEnd)
    }
    next = max(next, end)
  }

  func preview(_ view: DecodedView) {
    guard run != nil || isBehindLine else { return }
    let earliest = run == nil ? next : start
    var decoder = DumpDecoder(from: max(earliest, view.window.base, view.end - DecodingLimits.previewBytes))
    decoder.isBehindLine = decoder.next == earliest
    decoder.decode(view, upTo: view.end, isLast: true)
  }

  // MARK: Lines

  private static let lineFeed: UInt8 = 0x0a
  /// Stands for lines that are like the one before.
  private static let gap = UInt8(ascii: "*")

  /// Most lines are told by their first characters, whose end is not looked for then.
  private func mayBegin(_ view: DecodedView, upTo end: Int) -> Bool {
    let source = UnsafePointer(view.window.bytes - view.window.base)
    return DumpLine.mayBegin(source, next..<end) || run != nil && source[next] == Self.gap
  }

  private mutating func endLine(isDump: Bool, _ lineEnd: Int? = nil) {
    if !isDump { run = nil }
    if let lineEnd { next = lineEnd }
    isBehindLine = false
  }

  private static func lineEnd(_ view: DecodedView, from start: Int, to limit: Int) -> Int {
    let bytes = UnsafePointer(view.window.bytes - view.window.base)
    var end = start
    while end < limit, !isEnd(bytes[end]) { end += 1 }
    return end
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == 0x0d || byte == DecodedView.separator }

  /// - Returns: whether the line is one of a dump.
  private mutating func take(_ view: DecodedView, _ range: Range<Int>) -> Bool {
    let source = UnsafePointer(view.window.bytes - view.window.base)
    if run != nil, range.count == 1, source[range.lowerBound] == Self.gap {
      run?.hasGap = true
      return true
    }
    guard range.count <= DumpLine.longest, let line = DumpLine(source, range) else { return false }
    guard let run else { return begin(view, source, line, at: range.lowerBound) }
    let widths = run.last.widths(before: line, source)
    guard run.hasGap || widths.contains(run.width) else {
      // The end of a dump is an offset alone, behind a shorter line.
      return !(line.bytes.isEmpty && !widths.isEmpty) && begin(view, source, line, at: range.lowerBound)
    }
    self.run = Run(last: line, width: run.width)
    write(line, run.width)
    return true
  }

  /// A dump begins with the line before this one, if that is one of it.
  private mutating func begin(
    _ view: DecodedView, _ source: UnsafePointer<UInt8>, _ line: DumpLine, at lineStart: Int
  ) -> Bool {
    guard let before = Self.firstLine(source, before: lineStart, view.window.base),
      let width = before.widths(before: line, source).first
    else { return false }
    if child == nil { child = view.makeChild(Self.layer, at: before.content.lowerBound) }
    isTooDeep = child == nil
    child?.writeSeparator()
    start = before.offset.lowerBound
    run = Run(last: line, width: width)
    write(before, width)
    write(line, width)
    return true
  }

  /// The line before one; of a text in quotes what stands in its quotes.
  private static func firstLine(_ source: UnsafePointer<UInt8>, before lineStart: Int, _ base: Int) -> DumpLine? {
    var end = lineStart - 1
    if end > base, source[end - 1] == 0x0d { end -= 1 }
    var start = end
    let lowest = max(base, end - DumpLine.longest)
    while start > lowest, !isEnd(source[start - 1]) { start -= 1 }
    while start < end {
      if let line = DumpLine(source, start..<end) { return line }
      start = (start..<end).first { Escape.isQuote(source[$0]) }.map { $0 + 1 } ?? end
    }
    return nil
  }

  private func write(_ line: DumpLine, _ width: Int) {
    guard let child, !line.bytes.isEmpty else { return }
    let count = min(line.bytes.count, width)
    child.map.append(
      .init(
        view: child.end, parent: line.content.lowerBound,
        kind: .escape(decoded: UInt8(count), encoded: UInt8(line.content.count))))
    for byte in line.bytes.prefix(count) { child.write(byte) }
  }
}
