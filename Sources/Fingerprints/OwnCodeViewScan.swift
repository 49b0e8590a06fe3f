internal import Decoding

/// Where the look at one view stands.
struct OwnCodeViewScan: Sendable {
  let layers: [String]
  var grams = TextGrams()
  /// By kind.
  private var open: [[OwnCodeRun]] = [[], []]

  init(layers: [String]) { self.layers = layers }

  var openRuns: Int { open[0].count + open[1].count }

  /// Goes on with the run that a fingerprint belongs to, or begins one.
  ///
  /// - Parameters:
  ///   - new: a run of the fingerprint alone.
  ///   - place: where it stands in the message, if that is kept.
  ///   - close: is given runs that have ended.
  mutating func take(
    _ new: OwnCodeRun, _ hash: UInt32, _ range: Range<Int>, place: Range<Int>?, closing close: ([OwnCodeRun]) -> Void
  ) {
    let kind = Int(new.kind.rawValue)
    // What comes next is of a run that was gone on with lately.
    if let index = open[kind].lastIndex(where: { $0.file == new.file && $0.reaches(new.last) }) {
      open[kind][index].extend(hash, endingAt: new.last, range)
      if let place { open[kind][index].note(place) }
      return
    }
    if open[kind].count >= FingerprintLimits.openRuns {
      close(open[kind].filter { !$0.reaches(new.last) })
      open[kind].removeAll { !$0.reaches(new.last) }
      // What stands in so many files is found in those that were first.
      guard open[kind].count < FingerprintLimits.openRuns else { return }
    }
    open[kind].append(new)
    if let place { open[kind][open[kind].count - 1].note(place) }
  }

  /// Most fingerprints that are seen are there by chance, and nothing comes of them.
  ///
  /// - Parameter position: units before what comes next.
  mutating func forgetChance(_ kind: GramKind, before position: Int) {
    open[Int(kind.rawValue)].removeAll { $0.hits == 1 && !$0.reaches(position) }
  }

  /// Asks the view where runs stand, while it knows.
  mutating func locate(_ view: DecodedView) {
    for kind in open.indices {
      for index in open[kind].indices where open[kind][index].unlocated != nil {
        open[kind][index].locate(view.originalSpan)
      }
    }
  }

  /// Whatever is open ends here.
  func closeAll(into found: inout FoundRuns) {
    for runs in open {
      for run in runs { found.add(run, layers) }
    }
  }
}
