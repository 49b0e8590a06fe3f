/// Tells cheaply whether text of a file may go on from one message to the next: most messages begin something else.
struct SeamProbe: ~Copyable {
  private let store: StoredLines
  private let table: PlaceSlots
  private var lines: MessageLines

  /// - Parameter text: the lines around the seam; stays where it is as long as the probe is used.
  init(_ text: UnsafeBufferPointer<UInt8>, _ snapshot: IndexSnapshot) {
    store = snapshot.store.lines
    table = snapshot.lines.reading
    lines = MessageLines(text, key: snapshot.store.key, seen: nil)
  }

  /// Whether a line across the seam is a file's, or one before it and one after it stand near each other in a file.
  mutating func mayGoOn(across seam: Int) -> Bool {
    let found = (0..<lines.lineCount).compactMap { find($0) }
    if found.contains(where: { $0.place.lowerBound < seam && $0.place.upperBound > seam }) { return true }
    return found.contains { one in
      one.place.upperBound <= seam
        && found.contains { $0.place.lowerBound >= seam && areNear(one.entry, $0.entry) }
    }
  }

  /// The line as it is or in another reading, if a file has it.
  private mutating func find(_ index: Int) -> (place: Range<Int32>, entry: PlaceTable.Entry)? {
    let line = lines[index]
    let entry = table.find(line.hash)
    guard entry.isEmpty else { return (line.start..<line.end, entry) }
    var found: (Range<Int32>, PlaceTable.Entry)?
    lines.forEachOtherReading(of: index) { reading in
      let entry = table.find(reading.hash)
      if !entry.isEmpty { found = (reading.start..<reading.end, entry) }
      return !entry.isEmpty
    }
    return found
  }

  private func areNear(_ one: PlaceTable.Entry, _ other: PlaceTable.Entry) -> Bool {
    guard !one.isEmpty, !other.isEmpty else { return false }
    // Of what stands everywhere it would take long to say.
    guard !one.isCommon, !other.isCommon else { return true }
    var first = one.place
    for _ in 0..<AttributionLimits.chainPlaces where first > 0 {
      var second = other.place
      for _ in 0..<AttributionLimits.chainPlaces where second > 0 {
        if second > first, second - first <= Self.nearLines { return true }
        second = store.link(second)
      }
      first = store.link(first)
    }
    return false
  }

  private static let nearLines = 8
}
