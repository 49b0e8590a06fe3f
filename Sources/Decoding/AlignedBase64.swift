/// Reads a token as base64 whose quads begin at one of four alignments, and passes on what is text.
struct AlignedBase64 {
  private let sextets = CharacterTable.sextets
  private let alignment: Int
  private var run = TextRun("base64")
  /// The token's index of the next quad.
  private var next = 0
  /// Where the line that the run is on ends.
  private var lineEnd = Int.max

  init(alignment: Int) { self.alignment = alignment }

  /// Whether text goes on beyond what was decoded.
  var isRunning: Bool { run.length > 0 }

  mutating func begin() {
    next = alignment
    run.end()
  }

  /// Decodes around the characters from `block` on, and as far as text goes on after them.
  mutating func decode(_ piece: borrowing TokenPiece, around block: Int, of view: DecodedView, isLast: Bool) {
    // Text that is long enough has begun in the block before or begins in this one.
    let before = block - DecodingLimits.tokenBlockCharacters - 4
    if run.length == 0, next < before { next += (before - next + 3) / 4 * 4 }
    let end = piece.end
    let stop = block + DecodingLimits.tokenBlockCharacters
    while next + 4 <= end, next < stop || run.length > 0 {
      let characters = piece.characters + (next - piece.start)
      let bits =
        sextets[Int(characters[0])] << 18 | sextets[Int(characters[1])] << 12
        | sextets[Int(characters[2])] << 6 | sextets[Int(characters[3])]
      take(UInt8(truncatingIfNeeded: bits >> 16), 0, next, piece, view)
      take(UInt8(truncatingIfNeeded: bits >> 8), 1, next, piece, view)
      take(UInt8(truncatingIfNeeded: bits), 2, next, piece, view)
      next += 4
    }
    if isLast { decodeRest(piece, of: view) }
  }

  /// Two or three characters at the end are one or two bytes (RFC 4648 §4).
  private mutating func decodeRest(_ piece: borrowing TokenPiece, of view: DecodedView) {
    let left = piece.end - next
    guard (2...3).contains(left) else { return }
    var bits: UInt32 = 0
    for index in 0..<left { bits |= sextets[Int(piece[next + index])] << (18 - 6 * UInt32(index)) }
    for index in 0..<left - 1 {
      take(UInt8(truncatingIfNeeded: bits >> (16 - 8 * UInt32(index))), index, next, piece, view)
    }
    next = piece.end
  }

  @inline(__always)
  private mutating func take(
    _ byte: UInt8, _ phase: Int, _ quad: Int, _ piece: borrowing TokenPiece, _ view: DecodedView
  ) {
    if quad >= lineEnd, run.isActive, let child = run.child { mark(child, quad, phase, piece, continues: true) }
    if run.push(byte) { beginRun(quad, phase, piece, view) }
  }

  private mutating func beginRun(_ quad: Int, _ phase: Int, _ piece: borrowing TokenPiece, _ view: DecodedView) {
    let last = quad / 4 * 3 + phase
    let count = DecodingLimits.minimumTextRun
    let shift = quad % 4
    guard let child = run.open(view, at: piece.offset(of: quad)) else { return }
    for index in 0..<count {
      let byte = last - count + 1 + index
      let itsQuad = byte / 3 * 4 + shift
      if index == 0 || itsQuad >= lineEnd { mark(child, itsQuad, byte % 3, piece, continues: index > 0) }
      child.write(run.waiting(index))
    }
  }

  private mutating func mark(
    _ child: DecodedView, _ quad: Int, _ phase: Int, _ piece: borrowing TokenPiece, continues: Bool
  ) {
    let (line, next) = piece.line(of: max(quad, piece.start))
    lineEnd = next
    let kind = SpanMap.Kind.base64(phase: UInt8(phase), continues: continues)
    child.map.append(.init(view: child.end, parent: max(0, line.offset + quad - line.index), kind: kind))
  }
}
