/// Passes on what is text of groups that follow each other, four bytes for five characters.
struct QuintetRun {
  private var run = TextRun("base85")
  /// Where the last four groups stand, the newest first.
  private var groups: InlineArray<4, Range<Int>> = .init(repeating: 0..<0)

  /// The same run, in the copy of its view.
  func copy(_ copies: TreeCopy) -> QuintetRun? {
    guard let run = run.copy(copies) else { return nil }
    var copy = self
    copy.run = run
    return copy
  }

  mutating func end() { run.end() }

  /// Takes the next group.
  ///
  /// - Parameters:
  ///   - value: of its digits; more than four bytes hold is none.
  ///   - count: bytes that count, the highest first.
  ///   - place: of its characters in the view.
  @inline(__always)
  mutating func take(_ value: UInt64, _ count: Int, at place: Range<Int>, of view: DecodedView) {
    guard value <= UInt32.max else { return run.end() }
    for index in (1..<4).reversed() { groups[index] = groups[index - 1] }
    groups[0] = place
    for phase in 0..<count {
      if phase == 0, run.isActive, let child = run.child { mark(child, place, of: 4) }
      if run.push(UInt8(truncatingIfNeeded: value >> UInt64(24 - 8 * phase))) { begin(phase, view) }
    }
  }

  private mutating func begin(_ last: Int, _ view: DecodedView) {
    let count = DecodingLimits.minimumTextRun
    guard let child = run.open(view, at: groups[0].lowerBound) else { return }
    for index in 0..<count {
      // Counted back from the newest group's first byte.
      let byte = last - (count - 1 - index)
      let group = byte >= 0 ? 0 : (3 - byte) / 4
      let phase = byte + 4 * group
      if index == 0 || phase == 0 { mark(child, groups[group], of: 4 - phase) }
      child.write(run.waiting(index))
    }
  }

  /// All bytes of a group stand for all its characters.
  private func mark(_ child: DecodedView, _ place: Range<Int>, of bytes: Int) {
    child.map.append(
      .init(
        view: child.end, parent: place.lowerBound,
        kind: .escape(decoded: UInt8(bytes), encoded: UInt8(clamping: place.count))))
  }
}
