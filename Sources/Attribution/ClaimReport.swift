internal import Evidence

/// Turns claims of text into ranges of lines, each line and each part of one once.
struct ClaimReport {
  private(set) var sources: [SourceRange] = []
  /// The numbers of the lines of which anything is there, by document, and for each whether it went before.
  private(set) var lines: [UInt32] = []
  private(set) var repeats: [Bool] = []

  /// - Parameter repeats: for each of some lines, by their numbers, whether it went to the destination before.
  init(_ claims: [SourceClaim], repeats: ([UInt32]) -> [Bool]) {
    var documents = Documents()
    var spans: ContiguousArray<Span> = []
    spans.reserveCapacity(claims.count)
    for claim in claims { spans.append(Span(claim, of: documents.number(of: claim))) }
    spans.sort { ($0.document, $0.start) < ($1.document, $1.start) }
    let pieces = Self.pieces(spans, of: documents)
    lines.reserveCapacity(pieces.count)
    sources.reserveCapacity(documents.all.count)
    for piece in pieces { lines.append(documents.all[Int(piece.document)].document.identities[Int(piece.line)]) }
    self.repeats = repeats(lines)
    addRanges(pieces, of: documents)
    sources.sort {
      $0.path != $1.path
        ? $0.path < $1.path
        : ($0.version, $0.startLine, $0.startColumn ?? 0) < ($1.version, $1.startLine, $1.startColumn ?? 0)
    }
  }

  /// The documents of which anything is claimed.
  private struct Documents {
    /// As the first claim of each says.
    private(set) var all: ContiguousArray<SourceClaim> = []
    /// Made once there are more than a few.
    private var numbers: [ObjectIdentifier: Int] = [:]
    private var last = 0

    private static let few = 8

    mutating func number(of claim: SourceClaim) -> Int {
      // Claims of one document stand together, for the most part.
      if last < all.count, all[last].document === claim.document { return last }
      last = known(claim.document) ?? all.count
      guard last == all.count else { return last }
      all.append(claim)
      if all.count == Self.few {
        for (number, claim) in all.enumerated() { numbers[ObjectIdentifier(claim.document)] = number }
      } else if all.count > Self.few {
        numbers[ObjectIdentifier(claim.document)] = last
      }
      return last
    }

    private func known(_ document: SourceDocument) -> Int? {
      all.count < Self.few ? all.firstIndex { $0.document === document } : numbers[ObjectIdentifier(document)]
    }
  }

  /// Bytes of a document's text, from its beginning.
  private struct Span {
    let document: Int
    let start: Int
    let end: Int
    let copies: Int

    init(_ claim: SourceClaim, of document: Int) {
      self.document = document
      start = claim.text.lowerBound - claim.place.text
      end = start + claim.text.count
      copies = claim.copies
    }
  }

  /// A part of a line, or all of it.
  private struct Piece {
    let document: Int32
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

  /// The text of the documents, by lines, in order. The index may have been moved between two claims, so places are
  /// counted from the document's beginning.
  private static func pieces(_ spans: ContiguousArray<Span>, of documents: Documents) -> ContiguousArray<Piece> {
    var pieces: ContiguousArray<Piece> = []
    pieces.reserveCapacity(spans.reduce(0) { $0 + $1.end - $1.start } / Self.lineBytes)
    var document = -1
    var done = 0
    for span in spans {
      if span.document != document { (document, done) = (span.document, 0) }
      let (store, place) = (documents.all[document].store.lines, documents.all[document].place)
      let start = max(done, span.start) + place.text
      let end = span.end + place.text
      done = max(done, span.end)
      guard start < end else { continue }
      var line = store.line(atOffset: start, from: place.lines.lowerBound, to: place.lines.upperBound)
      while line < place.lines.upperBound, Int(store.starts[line]) < end {
        add(line, max(start, Int(store.starts[line])), end, span, store, place, to: &pieces)
        line += 1
      }
    }
    return pieces
  }

  /// What lines have at least, for the most part.
  private static let lineBytes = 16

  private static func add(
    _ line: Int, _ start: Int, _ end: Int, _ span: Span, _ store: StoredLines, _ place: DocumentPlace,
    to pieces: inout ContiguousArray<Piece>
  ) {
    let first = Int(store.starts[line])
    let length = store.textEnd(ofLine: line) - first
    let (from, to) = (start - first, min(end - first, length))
    guard from < to else { return }
    let number = Int32(truncatingIfNeeded: line - place.lines.lowerBound)
    // The rest of a line of which a part was claimed already.
    if let last = pieces.last, Int(last.document) == span.document, last.line == number, Int(last.end) == from {
      pieces[pieces.count - 1].end = Int32(truncatingIfNeeded: to)
      return
    }
    let previous = store.previousText(before: line).map { $0 - place.lines.lowerBound } ?? -1
    let indentation = from > 0 || to < length ? first - store.rawStart(ofLine: line) : 0
    pieces.append(
      Piece(
        document: Int32(truncatingIfNeeded: span.document), line: number, previous: Int32(truncatingIfNeeded: previous),
        start: Int32(truncatingIfNeeded: from),
        end: Int32(truncatingIfNeeded: to), length: Int32(truncatingIfNeeded: length),
        indentation: Int32(truncatingIfNeeded: indentation), copies: Int32(clamping: span.copies)))
  }

  private mutating func addRanges(_ pieces: ContiguousArray<Piece>, of documents: Documents) {
    var first = 0
    for index in pieces.indices {
      let next = index + 1
      if next < pieces.count, repeats[index] == repeats[next], Self.continues(pieces[index], pieces[next]) { continue }
      let document = documents.all[Int(pieces[index].document)].document
      sources.append(Self.range(document, pieces[first...index], isRepeat: repeats[index]))
      first = next
    }
  }

  /// Whether the second piece follows the first with nothing but blank lines between.
  private static func continues(_ one: Piece, _ two: Piece) -> Bool {
    one.document == two.document && one.copies == two.copies && one.end == one.length && two.start == 0
      && two.previous == one.line
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
