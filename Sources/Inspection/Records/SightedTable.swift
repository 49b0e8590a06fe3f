internal import Decoding
internal import Evidence

/// A table in one view of a message.
struct SightedTable {
  let table: RecordTable
  let view: Int
  let layers: [String]
  private let columns: [(name: String, dataClass: DataClass)]

  /// What one takes in memory at most.
  static let heldBytes = RecordTable.heldBytes + RecordLimits.columns * 32

  /// - Parameter rules: by the numbers of detectors.
  init(_ table: RecordTable, in view: DecodedView, _ rules: [DetectorRule]) {
    self.table = table
    self.view = view.id
    layers = SightedPlace.layers(of: view)
    columns = table.detectors.filter { $0.value.records * 4 >= table.records }
      .map { (rules[$0.key].id, rules[$0.key].dataClass) }.sorted { $0.name < $1.name }
  }

  /// Where one thing of a person stands in the records, they are those of people.
  private var isPersonal: Bool { columns.contains { $0.dataClass == .personal } }

  func finding(_ place: Finding.Place, fingerprint: String) -> Finding {
    let isSure = table.records >= RecordLimits.blockedRecords && table.sureRecords * 2 >= table.records
    return Finding(
      detector: isPersonal ? RecordDetector.customers : RecordDetector.transactions,
      dataClass: isPersonal ? .personal : .financial, grade: isSure ? .block : .redact, place: place,
      span: Span(table.span.lowerBound, table.span.upperBound), layers: layers, fingerprint: fingerprint,
      table: FoundTable(records: table.records, columns: columns.map(\.name)))
  }

  /// Each table once: where most of its records are seen, under the fewest encodings.
  static func distinct(_ tables: [SightedTable]) -> [SightedTable] {
    let ordered = tables.sorted { left, right in
      (-left.table.records, left.layers.count, left.view, left.table.span.lowerBound)
        < (-right.table.records, right.layers.count, right.view, right.table.span.lowerBound)
    }
    var kept: [SightedTable] = []
    for table in ordered where kept.count < RecordLimits.tables {
      let isSeen = kept.contains { $0.view != table.view && $0.table.span.overlaps(table.table.span) }
      if !isSeen { kept.append(table) }
    }
    return kept
  }
}
