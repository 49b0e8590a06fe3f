/// Sets the lines of a private key together that have something before or behind them. Without it no pattern would see
/// more of such a key than its first line.
package struct ArmorDecoder {
  /// The name under which it is told.
  package static let layer = "armor"

  private var child: DecodedView?
  private var next = 0
  private var isTooDeep = false

  // The line before a key is among the bytes that every view keeps.
  var needed: Int { next }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&child) }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    guard !isTooDeep else { return next = end }
    let base = view.window.base
    let text = UnsafeBufferPointer(start: UnsafePointer(view.window.bytes), count: end - base)
    while let literal = ArmorHeading.firstLiteral(in: text, next - base..<text.count) {
      guard isLast || literal + ArmorHeading.bytesBehind <= text.count else { return next = base + literal }
      next = base + literal + 1
      guard let heading = ArmorHeading(at: literal, in: text) else { continue }
      var reader = ArmorReader(heading, in: text, isLast: isLast)
      switch reader.read() {
      case .none: break
      case .cut: return next = base + literal
      case .lines(let lines, let end):
        write(lines, view)
        next = max(next, base + end)
      }
      if isTooDeep { return next = end }
    }
    next = max(next, isLast ? end : end - ArmorHeading.longestLiteral + 1)
  }

  private mutating func write(_ lines: [Range<Int>], _ view: DecodedView) {
    guard let first = lines.first else { return }
    let base = view.window.base
    guard let child = child ?? view.makeChild(Self.layer, at: base + first.lowerBound) else {
      isTooDeep = true
      return
    }
    self.child = child
    child.writeSeparator()
    for line in lines {
      if line != first { child.write(0x0a) }
      child.map.append(.init(view: child.end, parent: base + line.lowerBound, kind: .escape(decoded: 0, encoded: 0)))
      child.write(view.window.bytes + line.lowerBound, line.count)
    }
  }
}
