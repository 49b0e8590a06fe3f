internal import Evidence

/// The ranges of lines inside a message, file by file.
struct RecordedFiles: Sequence, IteratorProtocol {
  private var rest: ArraySlice<SourceRange>

  init(_ sources: [SourceRange]) { rest = sources[...] }

  mutating func next() -> RecordedFile? {
    guard let first = rest.first else { return nil }
    let ranges = rest.prefix { $0.path == first.path && $0.version == first.version }
    rest = rest[ranges.endIndex...]
    return RecordedFile(path: first.path, version: first.version, ranges: ranges)
  }
}

/// One content of one file, and its lines that are inside.
struct RecordedFile {
  let path: String
  let version: Int
  let ranges: ArraySlice<SourceRange>

  var lines: RecordedLines { RecordedLines(ranges) }
}
