/// Finds tables among the things of one view: a fold over them in the order of their places, in bounded memory.
///
/// Things come in any order within what is still looked at; those before what nobody looks at any more are in their order
/// for good. So the result depends on the view's things alone, and on no block's end.
struct RecordFold {
  private(set) var tables: [RecordTable] = []
  private var waiting: [RecordCell] = []
  private var place: RecordPlace?
  private var record: Record?
  private var table: RecordTable?

  /// What it takes in memory.
  var heldBytes: Int {
    waiting.count * MemoryLayout<RecordCell>.stride
      + (tables.count + (table == nil ? 0 : 1)) * RecordTable.heldBytes
  }

  mutating func add(_ cell: RecordCell) { waiting.append(cell) }

  /// No thing that begins before the offset will come.
  mutating func settle(before offset: Int) {
    guard !waiting.isEmpty else { return }
    waiting.sort(by: RecordCell.precedes)
    let count = waiting.firstIndex { $0.start >= offset } ?? waiting.count
    guard count > 0 else { return }
    for cell in waiting[..<count] { take(cell) }
    waiting.removeFirst(count)
  }

  /// Nothing more will come.
  mutating func finish() {
    settle(before: .max)
    if let place { take(place) }
    if let record { take(record) }
    close()
    (place, record) = (nil, nil)
  }

  private mutating func take(_ cell: RecordCell) {
    if let end = place?.end, cell.start < end {
      place?.add(cell)
      return
    }
    if let place { take(place) }
    place = RecordPlace(cell)
  }

  private mutating func take(_ place: RecordPlace) {
    if let known = record, known.ends(before: place) {
      take(known)
      record = nil
    }
    if record == nil { record = Record(place) } else { record?.add(place) }
  }

  private mutating func take(_ record: Record) {
    guard record.isFull else { return }
    if let known = table, !known.goesOn(with: record) { close() }
    if table == nil { table = RecordTable(record) } else { table?.add(record) }
  }

  private mutating func close() {
    if let table, table.isTable, tables.count < RecordLimits.tables { tables.append(table) }
    table = nil
  }
}
