/// Runs of one kind that may go on, and fingerprints that may begin one.
struct OpenRuns: Sendable {
  /// Of two fingerprints or more.
  private(set) var runs: [OwnCodeRun] = []
  private var keys: [Key] = []
  private var ended: [OwnCodeRun] = []
  /// Fingerprints alone.
  private(set) var alone: [OwnCodeHit] = []

  /// What tells which run a fingerprint goes on with: beside each other, as every fingerprint asks for them.
  private struct Key: Sendable {
    let file: FingerprintSet.FileNumber
    let shift: UInt8
    var last: Int

    @inline(__always)
    func isContinued(by hit: OwnCodeHit) -> Bool {
      file == hit.file && shift == hit.shift && OwnCodeHit.reaches(hit.kind, from: last, to: hit.last)
    }
  }

  /// Goes on with the run that a fingerprint belongs to, or begins one.
  ///
  /// - Parameter hit: knows its span where the places of runs are kept.
  mutating func take(_ hit: OwnCodeHit) {
    // What comes next is of a run that was gone on with lately.
    if let index = indexOfRun(hit) {
      keys[index].last = hit.last
      runs[index].extend(hit)
      if let span = hit.span { runs[index].note(span) }
      return
    }
    guard let before = indexAlone(hit) else {
      if alone.count >= FingerprintLimits.openRuns { forget(hit.kind, before: hit.last) }
      // What stands in so many files is found in those that were first.
      if alone.count < FingerprintLimits.openRuns { alone.append(hit) }
      return
    }
    guard makeRoom(for: hit) else { return }
    var run = OwnCodeRun(alone[before])
    run.extend(hit)
    // Only where places are kept a fingerprint that was just found knows its own.
    if let first = alone[before].span, let span = hit.span {
      run.note(first)
      run.note(span)
    }
    alone.remove(at: before)
    runs.append(run)
    keys.append(Key(file: hit.file, shift: hit.shift, last: hit.last))
  }

  @inline(__always)
  private func indexOfRun(_ hit: OwnCodeHit) -> Int? {
    var index = keys.count - 1
    while index >= 0, !keys[index].isContinued(by: hit) { index -= 1 }
    return index < 0 ? nil : index
  }

  @inline(__always)
  private func indexAlone(_ hit: OwnCodeHit) -> Int? {
    var index = alone.count - 1
    while index >= 0, !alone[index].isFollowed(by: hit) { index -= 1 }
    return index < 0 ? nil : index
  }

  private mutating func makeRoom(for hit: OwnCodeHit) -> Bool {
    guard runs.count >= FingerprintLimits.openRuns else { return true }
    ended += runs.filter { !OwnCodeHit.reaches(hit.kind, from: $0.last, to: hit.last) }
    runs.removeAll { !OwnCodeHit.reaches(hit.kind, from: $0.last, to: hit.last) }
    keys.removeAll { !OwnCodeHit.reaches(hit.kind, from: $0.last, to: hit.last) }
    return runs.count < FingerprintLimits.openRuns
  }

  /// Runs that are no longer followed, since there were too many.
  mutating func takeEnded() -> [OwnCodeRun] {
    guard !ended.isEmpty else { return [] }
    defer { ended = [] }
    return ended
  }

  /// Most fingerprints that are seen are there by chance, and nothing comes of them.
  ///
  /// - Parameter position: units before what comes next.
  mutating func forget(_ kind: GramKind, before position: Int) {
    alone.removeAll { !OwnCodeHit.reaches(kind, from: $0.last, to: position) }
  }

  /// Asks where runs stand in the message, while the view knows.
  mutating func locate(_ place: (Range<Int>) -> Range<Int>) {
    for index in alone.indices where alone[index].span == nil { alone[index].span = place(alone[index].range) }
    for index in runs.indices where runs[index].unlocated != nil { runs[index].locate(place) }
  }
}
