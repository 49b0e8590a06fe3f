internal import Evidence

/// Turns claims of text into ranges of lines, each line and each part of one once.
struct ClaimReport {
  private(set) var sources: [SourceRange] = []
  /// The numbers of the lines of which anything is there, by document.
  private(set) var lines: [UInt32] = []

  /// - Parameter isRepeat: for each of some lines, by their numbers, whether it went to the destination before.
  init(_ claims: [SourceClaim], isRepeat: ([UInt32]) -> [Bool]) {
    let groups = Dictionary(grouping: claims) { ObjectIdentifier($0.document) }
    for group in groups.values {
      for pieces in Self.pieces(group) { add(pieces, isRepeat) }
    }
    sources.sort {
      ($0.path, $0.version, $0.startLine, $0.startColumn ?? 0) < (
        $1.path, $1.version, $1.startLine, $1.startColumn ?? 0
      )
    }
  }

  /// A part of a line, or all of it.
  private struct Piece {
    let line: Int
    /// The line before it that is not blank.
    let previous: Int?
    /// Bytes of its text without the white space around it, from 0.
    let start: Int
    let end: Int
    let length: Int
    let indentation: Int
    let copies: Int
  }

  /// The text of one document, by lines, in order. The index may have been moved between two claims, so places are
  /// counted from the document's beginning.
  private static func pieces(_ claims: [SourceClaim]) -> [(SourceDocument, [Piece])] {
    guard let any = claims.first else { return [] }
    let ranges = ByteRanges(claims.map { $0.text.lowerBound - $0.place.text..<$0.text.upperBound - $0.place.text })
    let copies = claims.map { (start: $0.text.lowerBound - $0.place.text, $0.copies) }.sorted { $0.start < $1.start }
    let (store, place) = (any.store, any.place)
    var pieces: [Piece] = []
    for range in ranges.ranges {
      let start = range.lowerBound + place.text
      let end = range.upperBound + place.text
      var line = store.line(atOffset: start, from: place.lines.lowerBound, to: place.lines.upperBound)
      while line < place.lines.upperBound, Int(store.starts[line]) < end {
        let first = Int(store.starts[line])
        let length = store.textEnd(ofLine: line) - first
        let piece = max(start, first)..<max(max(start, first), min(end, first + length))
        if !piece.isEmpty {
          pieces.append(
            Piece(
              line: line - place.lines.lowerBound,
              previous: store.previousText(before: line).map { $0 - place.lines.lowerBound },
              start: piece.lowerBound - first, end: piece.upperBound - first,
              length: length, indentation: first - store.rawStart(ofLine: line),
              copies: Self.copies(copies, at: range.lowerBound + piece.lowerBound - start)))
        }
        line += 1
      }
    }
    return [(any.document, pieces)]
  }

  private static func copies(_ known: [(start: Int, copies: Int)], at offset: Int) -> Int {
    var low = 0
    var high = known.count
    while low < high {
      let middle = (low + high) / 2
      if known[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? known[low - 1].copies : 0
  }

  private mutating func add(_ part: (document: SourceDocument, pieces: [Piece]), _ isRepeat: ([UInt32]) -> [Bool]) {
    let identities = part.pieces.map { part.document.identities[$0.line] }
    let repeats = isRepeat(identities)
    lines += identities
    var first = 0
    for index in part.pieces.indices {
      let isLast = index + 1 == part.pieces.count
      if !isLast, repeats[index] == repeats[index + 1], Self.continues(part.pieces[index], part.pieces[index + 1]) {
        continue
      }
      sources.append(Self.range(part.document, part.pieces[first...index], isRepeat: repeats[index]))
      first = index + 1
    }
  }

  /// Whether the second piece follows the first with nothing but blank lines between.
  private static func continues(_ one: Piece, _ two: Piece) -> Bool {
    one.copies == two.copies && one.end == one.length && two.start == 0 && two.previous == one.line
  }

  private static func range(
    _ document: SourceDocument, _ pieces: ArraySlice<Piece>, isRepeat: Bool
  ) -> SourceRange {
    let bytes = pieces.reduce(0) { $0 + $1.end - $1.start }
    guard let first = pieces.first, let last = pieces.last else {
      return SourceRange(path: document.file.path, startLine: 1, endLine: 1, bytes: 0, isFirstSent: false)
    }
    return SourceRange(
      path: document.file.path, version: document.version, startLine: first.line + 1, endLine: last.line + 1,
      startColumn: first.start > 0 ? first.indentation + first.start + 1 : nil,
      endColumn: last.end < last.length ? last.indentation + last.end : nil,
      bytes: bytes, isFirstSent: !isRepeat, copies: first.copies)
  }
}
