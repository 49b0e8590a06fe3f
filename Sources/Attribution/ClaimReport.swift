internal import Evidence

/// Turns claims of text into ranges of lines, each line and each part of one once.
struct ClaimReport {
  private(set) var sources: [SourceRange] = []
  /// The numbers of the lines of which anything is there, by document, and for each whether it went before.
  private(set) var lines: [UInt32] = []
  private(set) var repeats: [Bool] = []

  /// - Parameter repeats: for each of some lines, by their numbers, whether it went to the destination before.
  init(_ claims: [SourceClaim], repeats: ([UInt32]) -> [Bool]) {
    var groups: [Group] = []
    var numbers: [ObjectIdentifier: Int] = [:]
    var number = -1
    for index in claims.indices {
      // Claims of one document stand together, for the most part.
      if number < 0 || groups[number].document !== claims[index].document {
        number = numbers[ObjectIdentifier(claims[index].document)] ?? groups.count
        if number == groups.count {
          numbers[ObjectIdentifier(claims[index].document)] = number
          groups.append(Group(claims[index]))
        }
      }
      groups[number].spans.append(Span(claims[index]))
    }
    var pieces: [(SourceDocument, ContiguousArray<Piece>)] = []
    for group in groups {
      let document = group.document
      let found = Self.pieces(group)
      lines.reserveCapacity(lines.count + found.count)
      let identities = document.identities
      for piece in found { lines.append(identities[Int(piece.line)]) }
      pieces.append((document, found))
    }
    self.repeats = repeats(lines)
    var first = 0
    for (document, found) in pieces {
      add(document, found, self.repeats[first..<first + found.count])
      first += found.count
    }
    sources.sort {
      $0.path != $1.path
        ? $0.path < $1.path
        : ($0.version, $0.startLine, $0.startColumn ?? 0) < ($1.version, $1.startLine, $1.startColumn ?? 0)
    }
  }

  /// What is claimed of one document.
  private struct Group {
    let document: SourceDocument
    let store: LineStore
    let place: DocumentPlace
    var spans: [Span] = []

    init(_ claim: SourceClaim) { (document, store, place) = (claim.document, claim.store, claim.place) }
  }

  /// Bytes of a document's text, from its beginning.
  private struct Span {
    let start: Int
    let end: Int
    let copies: Int

    init(_ claim: SourceClaim) {
      start = claim.text.lowerBound - claim.place.text
      end = start + claim.text.count
      copies = claim.copies
    }
  }

  /// A part of a line, or all of it.
  private struct Piece {
    let line: Int32
    /// The line before it that is not blank.
    let previous: Int32
    /// Bytes of its text without the white space around it, from 0.
    let start: Int32
    var end: Int32
    let length: Int32
    let indentation: Int32
    let copies: Int32
  }

  /// The text of one document, by lines, in order. The index may have been moved between two claims, so places are
  /// counted from the document's beginning.
  private static func pieces(_ group: Group) -> ContiguousArray<Piece> {
    var pieces: ContiguousArray<Piece> = []
    let (store, place) = (group.store.lines, group.place)
    pieces.reserveCapacity(group.spans.reduce(0) { $0 + $1.end - $1.start } / Self.lineBytes)
    var done = 0
    for span in group.spans.sorted(by: { $0.start < $1.start }) {
      let start = max(done, span.start) + place.text
      let end = span.end + place.text
      done = max(done, span.end)
      guard start < end else { continue }
      var line = store.line(atOffset: start, from: place.lines.lowerBound, to: place.lines.upperBound)
      while line < place.lines.upperBound, Int(store.starts[line]) < end {
        add(line, max(start, Int(store.starts[line])), end, span.copies, store, place, to: &pieces)
        line += 1
      }
    }
    return pieces
  }

  /// What lines have at least, for the most part.
  private static let lineBytes = 16

  private static func add(
    _ line: Int, _ start: Int, _ end: Int, _ copies: Int, _ store: StoredLines, _ place: DocumentPlace,
    to pieces: inout ContiguousArray<Piece>
  ) {
    let first = Int(store.starts[line])
    let length = store.textEnd(ofLine: line) - first
    let (from, to) = (start - first, min(end - first, length))
    guard from < to else { return }
    let number = Int32(truncatingIfNeeded: line - place.lines.lowerBound)
    // The rest of a line of which a part was claimed already.
    if let last = pieces.last, last.line == number, Int(last.end) == from {
      pieces[pieces.count - 1].end = Int32(truncatingIfNeeded: to)
      return
    }
    let previous = store.previousText(before: line).map { $0 - place.lines.lowerBound } ?? -1
    let indentation = from > 0 || to < length ? first - store.rawStart(ofLine: line) : 0
    pieces.append(
      Piece(
        line: number, previous: Int32(truncatingIfNeeded: previous), start: Int32(truncatingIfNeeded: from),
        end: Int32(truncatingIfNeeded: to), length: Int32(truncatingIfNeeded: length),
        indentation: Int32(truncatingIfNeeded: indentation), copies: Int32(clamping: copies)))
  }

  private mutating func add(
    _ document: SourceDocument, _ pieces: ContiguousArray<Piece>, _ isRepeat: ArraySlice<Bool>
  ) {
    var first = 0
    for index in pieces.indices {
      let isLast = index + 1 == pieces.count
      let (this, next) = (isRepeat.startIndex + index, isRepeat.startIndex + index + 1)
      if !isLast, isRepeat[this] == isRepeat[next], Self.continues(pieces[index], pieces[index + 1]) { continue }
      sources.append(Self.range(document, pieces[first...index], isRepeat: isRepeat[this]))
      first = index + 1
    }
  }

  /// Whether the second piece follows the first with nothing but blank lines between.
  private static func continues(_ one: Piece, _ two: Piece) -> Bool {
    one.copies == two.copies && one.end == one.length && two.start == 0 && two.previous == one.line
  }

  private static func range(
    _ document: SourceDocument, _ pieces: ContiguousArray<Piece>.SubSequence, isRepeat: Bool
  ) -> SourceRange {
    let bytes = pieces.reduce(0) { $0 + Int($1.end - $1.start) }
    guard let first = pieces.first, let last = pieces.last else {
      return SourceRange(path: document.file.path, startLine: 1, endLine: 1, bytes: 0, isFirstSent: false)
    }
    return SourceRange(
      path: document.file.path, version: document.version, startLine: Int(first.line) + 1,
      endLine: Int(last.line) + 1, startColumn: first.start > 0 ? Int(first.indentation + first.start) + 1 : nil,
      endColumn: last.end < last.length ? Int(last.indentation + last.end) : nil,
      bytes: bytes, isFirstSent: !isRepeat, copies: Int(first.copies))
  }
}
