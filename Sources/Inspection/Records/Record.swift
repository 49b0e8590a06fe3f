/// Things of different kinds that stand together, up to where one of their kinds comes again.
struct Record {
  let start: Int
  private(set) var span: Range<Int>
  private(set) var cells = 0
  private(set) var sureCells = 0
  /// Whether what each detector found is worth more than a note.
  private(set) var detectors: [Int: Bool] = [:]
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ place: RecordPlace) {
    start = place.start
    span = place.span
    add(place)
  }

  /// Whether it is that of another record: of a kind that this one has, or too far away.
  func ends(before place: RecordPlace) -> Bool {
    place.start - start > RecordLimits.longestRecord || cells >= RecordLimits.columns
      || place.detectors.contains { detectors[$0.detector] != nil }
  }

  mutating func add(_ place: RecordPlace) {
    cells += 1
    if place.detectors.contains(where: \.isSure) { sureCells += 1 }
    for found in place.detectors {
      detectors[found.detector] = found.isStrong || detectors[found.detector] == true
      hash = (hash ^ found.hash) &* 0x100_0000_01b3
    }
    span = min(span.lowerBound, place.span.lowerBound)..<max(span.upperBound, place.span.upperBound)
  }

  /// Two things, one of which is worth more than a note.
  var isFull: Bool { cells > 1 && detectors.values.contains(true) }
}
