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
    for index in 0..<lines.lineCount where !entry(index).isEmpty {
      if Int(lines[index].start) < seam, Int(lines[index].end) > seam { return true }
      for other in index + 1..<max(index + 1, lines.lineCount)
      where Int(lines[index].end) <= seam && Int(lines[other].start) >= seam {
        if areNear(entry(index), entry(other)) { return true }
      }
    }
    return false
  }

  private mutating func entry(_ index: Int) -> PlaceTable.Entry {
    var entry = table.find(lines[index].hash)
    guard entry.isEmpty else { return entry }
    lines.forEachOtherReading(of: index) { reading in
      entry = table.find(reading.hash)
      return !entry.isEmpty
    }
    return entry
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
