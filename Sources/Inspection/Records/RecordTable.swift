/// Records that follow each other: a table, in whatever form.
struct RecordTable {
  private(set) var records = 0
  /// Of these, those with two things that a check or a word speaks for.
  private(set) var sureRecords = 0
  /// By detector, the records that have one of its things, and those in which it is worth more than a note.
  private(set) var detectors: [Int: (records: Int, strong: Int)] = [:]
  /// In the message as it was sent.
  private(set) var span: Range<Int>
  /// Of the fingerprints of its cells, in order.
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  private let firstStart: Int
  private var lastStart: Int

  /// What one takes in memory at most.
  static let heldBytes = MemoryLayout<RecordTable>.stride + RecordLimits.columns * 48

  init(_ first: Record) {
    span = first.span
    (firstStart, lastStart) = (first.start, first.start)
    add(first)
  }

  /// A record goes on with the table where it is not much farther from the last one than those are from each other.
  func goesOn(with record: Record) -> Bool {
    let distance = record.start - lastStart
    guard records > 1 else { return distance <= RecordLimits.farthest }
    let mean = (lastStart - firstStart) / (records - 1)
    return distance <= min(RecordLimits.farthest, RecordLimits.irregularity * mean + RecordLimits.slackBytes)
  }

  mutating func add(_ record: Record) {
    records += 1
    if record.sureCells > 1 { sureRecords += 1 }
    for (detector, isStrong) in record.detectors {
      guard detectors[detector] != nil || detectors.count < RecordLimits.columns else { continue }
      var count = detectors[detector] ?? (0, 0)
      count.records += 1
      if isStrong { count.strong += 1 }
      detectors[detector] = count
    }
    span = min(span.lowerBound, record.span.lowerBound)..<max(span.upperBound, record.span.upperBound)
    hash = (hash ^ record.hash) &* 0x100_0000_01b3
    lastStart = record.start
  }

  /// Whether there are enough records, with something in common that is worth more than a note.
  var isTable: Bool {
    records >= RecordLimits.leastRecords && detectors.values.contains { $0.strong * 2 >= records }
  }
}
