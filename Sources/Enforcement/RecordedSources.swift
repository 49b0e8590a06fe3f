internal import Evidence

/// What the ledger is told of the files inside a message: where, never what.
struct RecordedSources: CanonicallyWritten {
  let attributed: Attributed
  /// Whether paths are told as they are, or only committed to.
  let namesPaths: Bool
  let salts: CommitmentSalts

  /// One element for each file, as many as fit into an entry.
  func write(to writer: inout CanonicalWriter) {
    writer.array { writer in
      var room = EnforcementLimits.recordedSourceBytes
      for (number, file) in RecordedFiles(attributed.sources).enumerated() {
        let pathBytes = file.path.utf8.count
        let isNamed = namesPaths && pathBytes <= EnforcementLimits.recordedPathBytes
        let lines = file.lines.prefix(EnforcementLimits.recordedRanges)
        // A control character takes six bytes in JSON.
        room -= EnforcementLimits.sourceBytes + (isNamed ? pathBytes * 6 : 0)
        room -= lines.reduce(0) { sum, _ in sum + EnforcementLimits.rangeBytes }
        guard room >= 0 else { break }
        writer.object { writer in
          writer.member("firstSent", file.ranges.reduce(0) { $0 + ($1.isFirstSent ? $1.lineCount : 0) })
          writer.member("lines", lines)
          if isNamed {
            writer.member("path", file.path)
          } else {
            writer.member("pathCommitment", salts.commitment(to: file.path.utf8, field: "source-path-\(number)"))
          }
          writer.member("version", file.version)
        }
      }
    }
  }
}
