internal import Evidence

/// What the ledger is told of the files inside a message: where, never what.
struct RecordedSources {
  let attributed: Attributed
  /// Whether paths are told as they are, or only committed to.
  let namesPaths: Bool
  let salts: CommitmentSalts

  /// One element for each file, as many as fit into an entry.
  var elements: [JSONValue] {
    var elements: [JSONValue] = []
    var room = EnforcementLimits.recordedSourceBytes
    for (number, file) in files.enumerated() {
      let path = Array(file.path.utf8)
      let isNamed = namesPaths && path.count <= EnforcementLimits.recordedPathBytes
      let lines = file.lines.prefix(EnforcementLimits.recordedRanges)
      // A control character takes six bytes in JSON.
      room -=
        EnforcementLimits.sourceBytes + (isNamed ? path.count * 6 : 0) + lines.count * EnforcementLimits.rangeBytes
      guard room >= 0 else { break }
      elements.append([
        isNamed ? "path" : "pathCommitment": isNamed
          ? .string(file.path) : salts.commitment(to: path, field: "source-path-\(number)"),
        "version": .integer(file.version),
        "lines": .array(lines.map { [.integer($0.lowerBound), .integer($0.upperBound)] }),
        "firstSent": .integer(file.ranges.reduce(0) { $0 + ($1.isFirstSent ? $1.lineCount : 0) }),
      ])
    }
    return elements
  }

  /// One content of one file, and its lines that are inside.
  private struct File {
    let path: String
    let version: Int
    let ranges: [SourceRange]

    /// Neighbours joined: whether a line is sent again is no reason to tell it apart.
    var lines: [ClosedRange<Int>] {
      ranges.reduce(into: []) { lines, range in
        if let last = lines.last, range.startLine <= last.upperBound + 1 {
          lines[lines.count - 1] = last.lowerBound...max(last.upperBound, range.endLine)
        } else {
          lines.append(range.startLine...range.endLine)
        }
      }
    }
  }

  private var files: [File] {
    var files: [File] = []
    for range in attributed.sources {
      if let last = files.last, last.path == range.path, last.version == range.version {
        files[files.count - 1] = File(path: last.path, version: last.version, ranges: last.ranges + [range])
      } else {
        files.append(File(path: range.path, version: range.version, ranges: [range]))
      }
    }
    return files
  }
}
