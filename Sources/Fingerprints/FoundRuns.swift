internal import Evidence

/// The runs of one message that are worth telling.
struct FoundRuns: Sendable {
  private(set) var runs: [FoundRun] = []
  /// There were more than are kept; they are told together with others, and where each stands is not known.
  private(set) var isOverfull = false

  /// A run, and where it was seen.
  struct FoundRun: Sendable {
    /// The one that says most of those that were merged.
    var run: OwnCodeRun
    let layers: [String]
    var grade: Grade
    /// In the message.
    var span: Range<Int>
    /// In the message, in no order.
    var places: [Range<Int>]
  }

  private let most: Int

  init(atMost most: Int = FingerprintLimits.runsOfMessage) { self.most = most }

  /// Runs that a new one is compared with.
  private static let remembered = 16

  mutating func add(_ run: OwnCodeRun, _ layers: [String]) {
    guard let grade = run.grade, let span = run.span else { return }
    let new = FoundRun(run: run, layers: layers, grade: grade, span: span, places: run.places)
    // The same text stands in several files, and a long one in several runs.
    let isFull = runs.count >= most
    let like = runs.suffix(isFull ? runs.count : Self.remembered).lastIndex { $0.isAlike(new, orFar: isFull) }
    if let like {
      if isFull, !runs[like].span.overlaps(span) { isOverfull = true }
      return runs[like].merge(new)
    }
    if isFull { isOverfull = true } else { runs.append(new) }
  }
}

extension FoundRuns.FoundRun {
  /// Whether both are told as one.
  ///
  /// - Parameter isFar: however far one is from the other.
  fileprivate func isAlike(_ other: Self, orFar isFar: Bool) -> Bool {
    run.kind == other.run.kind && layers == other.layers && (isFar || span.overlaps(other.span))
  }

  mutating func merge(_ other: Self) {
    span = min(span.lowerBound, other.span.lowerBound)..<max(span.upperBound, other.span.upperBound)
    places += other.places
    guard (other.grade == .redact ? 1 : 0, other.run.hits) > (grade == .redact ? 1 : 0, run.hits) else { return }
    (run, grade) = (other.run, other.grade)
  }
}
