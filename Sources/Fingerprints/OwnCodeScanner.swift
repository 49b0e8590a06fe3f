package import Decoding
package import Evidence

/// Looks for the organisation's own code in one message, as its views come. Not for several threads at once.
package final class OwnCodeScanner: ViewObserver {
  private let set: FingerprintSet
  private let block = GramBlock()
  private let kept: UnsafeMutablePointer<Int32>
  private var scans: [Int: ViewState] = [:]
  private var found: [FoundRun] = []

  /// Where the look at one view stands.
  private struct ViewState {
    var grams = TextGrams()
    /// By kind.
    var open: [[OwnCodeRun]] = [[], []]
  }

  /// A run that is worth telling, and where it was seen.
  struct FoundRun {
    /// The one that says most of those that were merged.
    var run: OwnCodeRun
    let layers: [String]
    var grade: Grade
    /// In the message.
    var span: Range<Int>
  }

  package init(_ set: FingerprintSet) {
    self.set = set
    kept = .allocate(capacity: GramBlock.capacity)
  }

  deinit { kept.deallocate() }

  package func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int {
    guard !view.isProvisional else { return range.upperBound }
    var state = scans.removeValue(forKey: view.id) ?? ViewState()
    let (base, buffer) = view.bytes
    let bytes = UnsafeBufferPointer(rebasing: buffer[(range.lowerBound - base)..<(range.upperBound - base)])
    var grams = state.grams
    // Views announce blocks whose ends depend on nothing but the view.
    let isCode = bytes.count < FingerprintLimits.longLine || bytes.contains(CharacterReader.newline)
    grams.read(bytes, set.key, block, isCode: isCode) { kind, start, block, before in
      look(kind, block, at: range.lowerBound + start, before, view, &state)
    }
    if isLast {
      grams.finish(set.key, block) { kind, _, block, before in
        look(kind, block, at: range.upperBound, before, view, &state)
      }
      for kind in GramKind.allCases {
        for run in state.open[Int(kind.rawValue)] { close(run, view) }
      }
      return range.upperBound
    }
    state.grams = grams
    scans[view.id] = state
    return range.upperBound
  }

  /// - Parameters:
  ///   - start: the view's offset of the piece that the block was made of.
  ///   - before: units before it.
  private func look(
    _ kind: GramKind, _ block: GramBlock, at start: Int, _ before: Int, _ view: DecodedView, _ state: inout ViewState
  ) {
    guard block.candidates > 0 else { return }
    let span = kind == .characters ? FingerprintLimits.characters : FingerprintLimits.tokens
    var open = state.open[Int(kind.rawValue)]
    state.open[Int(kind.rawValue)] = []
    var candidate = -1
    var place = 0..<0
    set.forEachHit(kind, block, kept) { hit, file in
      let unit = Int(block.last[hit])
      if hit != candidate {
        candidate = hit
        let first: Int
        switch kind {
        // Each is one byte.
        case .characters: first = unit >= span - 1 ? Int(block.ends[unit - span + 1]) - 1 : 0
        case .tokens: first = unit >= span ? Int(block.ends[unit - span]) : 0
        }
        let end = start + Int(block.ends[unit])
        place = view.originalSpan(min(start + first, max(0, end - 1))..<end)
      }
      let (hash, position) = (block.hashes[hit], before + unit + 1)
      if let run = open.firstIndex(where: { $0.file == file && $0.reaches(position) }) {
        open[run].extend(hash, endingAt: position, place.upperBound)
      } else {
        begin(OwnCodeRun(kind, hash, in: file, endingAt: position, place), among: &open, view)
      }
    }
    state.open[Int(kind.rawValue)] = open
  }

  private func begin(_ run: OwnCodeRun, among open: inout [OwnCodeRun], _ view: DecodedView) {
    if open.count >= FingerprintLimits.openRuns {
      for old in open where !old.reaches(run.last) { close(old, view) }
      open.removeAll { !$0.reaches(run.last) }
      // What stands in so many files is found in those that were first.
      guard open.count < FingerprintLimits.openRuns else { return }
    }
    open.append(run)
  }

  private func close(_ run: OwnCodeRun, _ view: DecodedView) {
    guard let grade = run.grade else { return }
    let new = FoundRun(run: run, layers: view.layers, grade: grade, span: run.span)
    // The same text stands in several files, and a long one in several runs.
    let isFull = found.count >= FingerprintLimits.runsOfMessage
    let like = found.suffix(isFull ? found.count : Self.remembered).lastIndex { $0.isAlike(new, orFar: isFull) }
    if let like { return found[like].merge(new) }
    if !isFull { found.append(new) }
  }

  /// Runs that a new one is compared with.
  private static let remembered = 16

  /// What there is, once the message has ended: each stretch once, in the order of their places.
  package func findings(in place: Finding.Place) -> [Finding] {
    OwnCodeReport.findings(found, set, place)
  }
}

extension OwnCodeScanner.FoundRun {
  /// Whether both are told as one.
  ///
  /// - Parameter isFar: however far one is from the other.
  fileprivate func isAlike(_ other: Self, orFar isFar: Bool) -> Bool {
    run.kind == other.run.kind && layers == other.layers && (isFar || span.overlaps(other.span))
  }

  mutating func merge(_ other: Self) {
    span = min(span.lowerBound, other.span.lowerBound)..<max(span.upperBound, other.span.upperBound)
    guard (other.grade == .redact ? 1 : 0, other.run.hits) > (grade == .redact ? 1 : 0, run.hits) else { return }
    (run, grade) = (other.run, other.grade)
  }
}
