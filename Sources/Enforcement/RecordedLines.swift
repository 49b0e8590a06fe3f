internal import Evidence

/// Successive lines, neighbours joined: whether a line is sent again is no reason to tell it apart.
struct RecordedLines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<SourceRange>

  init(_ ranges: ArraySlice<SourceRange>) { rest = ranges }

  mutating func next() -> RecordedLineRange? {
    guard let first = rest.popFirst() else { return nil }
    var end = first.endLine
    while let range = rest.first, range.startLine <= end + 1 {
      end = Swift.max(end, range.endLine)
      rest.removeFirst()
    }
    return RecordedLineRange(start: first.startLine, end: end)
  }
}

struct RecordedLineRange: CanonicallyWritten {
  let start: Int
  let end: Int

  func write(to writer: inout CanonicalWriter) {
    writer.array { writer in
      writer.write(start)
      writer.write(end)
    }
  }
}
