package import Evidence

/// A stretch of a message that fingerprints of own code cover.
package struct OwnCodePassage: Sendable, Hashable {
  /// The one that found it.
  package let detector: String
  package let grade: Grade
  /// In the message.
  package let range: Range<Int>

  /// Whether both are told as one.
  package func isNear(_ other: OwnCodePassage) -> Bool {
    max(range.lowerBound - other.range.upperBound, other.range.lowerBound - range.upperBound) <= OwnCodeReport.nearBytes
  }

  static func passages(_ runs: [FoundRuns.FoundRun]) -> [OwnCodePassage] {
    runs.filter { run in run.layers.allSatisfy { $0 == "json" } }.flatMap { run in
      run.places.map { OwnCodePassage(detector: run.run.detector, grade: run.grade, range: $0) }
    }
  }
}
