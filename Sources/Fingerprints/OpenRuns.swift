/// Runs of one kind that may go on, and fingerprints that may begin one.
///
/// Of one file and distance there is one of either at a time, which ``OpenPlaces`` finds at once: what repeats itself in a
/// message and in files has dozens of places for every few bytes.
struct OpenRuns: Sendable {
  /// Of two fingerprints or more.
  private(set) var runs: [OwnCodeRun] = []
  private var ended: [OwnCodeRun] = []
  /// Fingerprints alone.
  private(set) var alone: [OwnCodeHit] = []
  private var places = OpenPlaces()
  /// Where it was last looked what can be let go.
  private var swept = Int.min / 2

  /// Units between two looks at what can be let go, where there is no room: it takes as long as many fingerprints do.
  private static let unitsBetweenSweeps = 32

  /// Goes on with the run that a fingerprint belongs to, or begins one.
  ///
  /// - Parameter hit: knows its span where the places of runs are kept.
  mutating func take(_ hit: OwnCodeHit) {
    switch places.find(hit.key) {
    case .run(let index) where OwnCodeHit.reaches(hit.kind, from: runs[index].last, to: hit.last):
      runs[index].extend(hit)
      if let span = hit.span { runs[index].note(span) }
    case .run(let index):
      end(index)
      add(hit)
    case .alone(let index) where OwnCodeHit.reaches(hit.kind, from: alone[index].last, to: hit.last):
      begin(with: index, hit)
    case .alone(let index): alone[index] = hit
    case nil: add(hit)
    }
  }

  private mutating func add(_ hit: OwnCodeHit) {
    if alone.count >= FingerprintLimits.openRuns { sweep(hit.kind, at: hit.last) }
    // What stands in so many files is found in those that were first.
    guard alone.count < FingerprintLimits.openRuns else { return }
    places.set(hit.key, .alone(alone.count))
    alone.append(hit)
  }

  private mutating func begin(with index: Int, _ hit: OwnCodeHit) {
    var index = index
    if runs.count >= FingerprintLimits.openRuns {
      let first = alone[index]
      sweep(hit.kind, at: hit.last)
      guard runs.count < FingerprintLimits.openRuns, case .alone(let moved) = places.find(first.key) else { return }
      index = moved
    }
    var run = OwnCodeRun(alone[index])
    run.extend(hit)
    // Only where places are kept a fingerprint that was just found knows its own.
    if let first = alone[index].span, let span = hit.span {
      run.note(first)
      run.note(span)
    }
    let lastAlone = alone.removeLast()
    if index < alone.count {
      alone[index] = lastAlone
      places.set(lastAlone.key, .alone(index))
    }
    places.set(hit.key, .run(runs.count))
    runs.append(run)
  }

  private mutating func end(_ index: Int) {
    ended.append(runs[index])
    places.remove(runs[index].key)
    let lastRun = runs.removeLast()
    if index < runs.count {
      runs[index] = lastRun
      places.set(lastRun.key, .run(index))
    }
  }

  /// Lets go of all that nothing comes of any more, if that was not just done.
  private mutating func sweep(_ kind: GramKind, at position: Int) {
    guard position - swept >= Self.unitsBetweenSweeps else { return }
    swept = position
    ended += runs.filter { !OwnCodeHit.reaches(kind, from: $0.last, to: position) }
    runs.removeAll { !OwnCodeHit.reaches(kind, from: $0.last, to: position) }
    alone.removeAll { !OwnCodeHit.reaches(kind, from: $0.last, to: position) }
    settle()
  }

  private mutating func settle() {
    places = OpenPlaces()
    for index in alone.indices { places.set(alone[index].key, .alone(index)) }
    for index in runs.indices { places.set(runs[index].key, .run(index)) }
  }

  /// Runs that are no longer followed, since others of the same file came or there were too many.
  mutating func takeEnded() -> [OwnCodeRun] {
    guard !ended.isEmpty else { return [] }
    defer { ended = [] }
    return ended
  }

  /// Most fingerprints that are seen are there by chance, and nothing comes of them.
  ///
  /// - Parameter position: units before what comes next.
  mutating func forget(_ kind: GramKind, before position: Int) {
    guard alone.contains(where: { !OwnCodeHit.reaches(kind, from: $0.last, to: position) }) else { return }
    alone.removeAll { !OwnCodeHit.reaches(kind, from: $0.last, to: position) }
    settle()
  }

  /// What it takes in memory.
  var heldBytes: Int {
    places.heldBytes + runs.count * MemoryLayout<OwnCodeRun>.stride + alone.count * MemoryLayout<OwnCodeHit>.stride
  }

  /// Asks where runs stand in the message, while the view knows.
  mutating func locate(_ place: (Range<Int>) -> Range<Int>) {
    for index in alone.indices where alone[index].span == nil { alone[index].span = place(alone[index].range) }
    for index in runs.indices where runs[index].unlocated != nil { runs[index].locate(place) }
  }
}
