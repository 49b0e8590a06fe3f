/// Reads runs of hexadecimal digits as bytes whose first digit is the run's first or second, and passes on what is text.
struct AlignedHex {
  private let parity: Int
  private var run = TextRun("hex")
  private var next = 0
  private var lineEnd = Int.max

  init(parity: Int) { self.parity = parity }

  func copy(_ copies: TreeCopy) -> AlignedHex? {
    guard let run = run.copy(copies) else { return nil }
    var copy = self
    copy.run = run
    return copy
  }

  mutating func begin(at index: Int) {
    next = index + parity
    run.end()
  }

  /// Decodes the digits up to the token's index `end`.
  mutating func decode(_ piece: borrowing TokenPiece, to end: Int, of view: DecodedView) {
    guard next >= piece.start else { return }
    let values = CharacterTable.hexValues
    let characters = piece.characters - piece.start
    while next + 2 <= end {
      let high = values[Int(characters[next])]
      let low = values[Int(characters[next + 1])]
      guard high | low != CharacterTable.noDigit else { return }
      if run.isActive, next >= lineEnd, let child = run.child { mark(child, next, piece) }
      if run.push(high << 4 | low) {
        if run.isAll(UInt8(ascii: "3")) { run.holdBack() } else { beginRun(piece, view) }
      }
      next += 2
    }
  }

  private mutating func beginRun(_ piece: borrowing TokenPiece, _ view: DecodedView) {
    guard let child = run.open(view, at: piece.offset(of: next)) else { return }
    let count = DecodingLimits.minimumTextRun
    for index in 0..<count {
      let digit = next - 2 * (count - 1 - index)
      if index == 0 || digit >= lineEnd { mark(child, digit, piece) }
      child.write(run.waiting(index))
    }
  }

  private mutating func mark(_ child: DecodedView, _ digit: Int, _ piece: borrowing TokenPiece) {
    let (line, next) = piece.line(of: max(digit, piece.start))
    lineEnd = next
    child.map.append(.init(view: child.end, parent: max(0, line.offset + digit - line.index), kind: .double))
  }
}
