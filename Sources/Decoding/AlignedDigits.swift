/// Reads a token as digits whose groups begin at one alignment, and passes on what is text.
struct AlignedDigits<Digits: Radix> {
  private let alignment: Int
  private var run = TextRun(Digits.layer)
  /// The token's index of the next group.
  private var next = 0
  /// Where the line that the run is on ends.
  private var lineEnd = Int.max

  init(alignment: Int) { self.alignment = alignment }

  func copy(_ copies: TreeCopy) -> AlignedDigits? {
    guard let run = run.copy(copies) else { return nil }
    var copy = self
    copy.run = run
    return copy
  }

  /// Whether text goes on beyond what was decoded.
  var isRunning: Bool { run.length > 0 }

  mutating func begin() {
    next = alignment
    run.end()
  }

  /// Decodes around the characters from `first` to `stop`, and as far as text goes on after them.
  mutating func decode(_ piece: borrowing TokenPiece, from first: Int, to stop: Int, of view: DecodedView, isLast: Bool)
  {
    // Text that is long enough has begun in the block before or begins in this one.
    let before = first - Digits.characters
    if run.length == 0, next < before {
      next += (before - next + Digits.characters - 1) / Digits.characters * Digits.characters
    }
    let end = piece.end
    while next + Digits.characters <= end, next < stop || run.length > 0 {
      let number = Digits.number(piece.characters + (next - piece.start))
      for byte in 0..<Digits.bytes {
        take(UInt8(truncatingIfNeeded: number >> UInt64(8 * (Digits.bytes - 1 - byte))), byte, next, piece, view)
      }
      next += Digits.characters
    }
    if isLast { decodeRest(piece, of: view) }
  }

  /// What is left at the end is as many bytes as it holds whole.
  private mutating func decodeRest(_ piece: borrowing TokenPiece, of view: DecodedView) {
    let left = piece.end - next
    guard left > 0, left < Digits.characters else { return }
    var number: UInt64 = 0
    for index in 0..<Digits.characters {
      number = number << UInt64(Digits.bits) | (index < left ? Digits.digit(piece[next + index]) : 0)
    }
    for byte in 0..<left * Digits.bits / 8 {
      take(UInt8(truncatingIfNeeded: number >> UInt64(8 * (Digits.bytes - 1 - byte))), byte, next, piece, view)
    }
    next = piece.end
  }

  /// - Parameters:
  ///   - phase: of the byte in its group.
  ///   - group: the token's index of the group.
  @inline(__always)
  private mutating func take(
    _ byte: UInt8, _ phase: Int, _ group: Int, _ piece: borrowing TokenPiece, _ view: DecodedView
  ) {
    if run.isActive, group + phase * 8 / Digits.bits >= lineEnd, let child = run.child {
      mark(child, group, phase, piece, continues: true)
    }
    if run.push(byte) { beginRun(group, phase, piece, view) }
  }

  private mutating func beginRun(_ group: Int, _ phase: Int, _ piece: borrowing TokenPiece, _ view: DecodedView) {
    let shift = group % Digits.characters
    let last = group / Digits.characters * Digits.bytes + phase
    let count = DecodingLimits.minimumTextRun
    guard let child = run.open(view, at: piece.offset(of: group)) else { return }
    for index in 0..<count {
      let byte = last - count + 1 + index
      let itsGroup = byte / Digits.bytes * Digits.characters + shift
      let itsPhase = byte % Digits.bytes
      if index == 0 || itsGroup + itsPhase * 8 / Digits.bits >= lineEnd {
        mark(child, itsGroup, itsPhase, piece, continues: index > 0)
      }
      child.write(run.waiting(index))
    }
  }

  /// Notes where the group of the byte stands, or would stand if the byte's own line began earlier.
  private mutating func mark(
    _ child: DecodedView, _ group: Int, _ phase: Int, _ piece: borrowing TokenPiece, continues: Bool
  ) {
    let (line, next) = piece.line(of: max(group + phase * 8 / Digits.bits, piece.start))
    lineEnd = next
    let kind = SpanMap.Kind.digits(bits: UInt8(Digits.bits), phase: UInt8(phase), continues: continues)
    child.map.append(.init(view: child.end, parent: max(0, line.offset + group - line.index), kind: kind))
  }
}
