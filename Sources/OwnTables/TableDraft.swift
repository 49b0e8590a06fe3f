internal import Evidence

/// The values of a table while it is read.
struct TableDraft {
  private let key: TableKey
  private var entries: [TableEntry] = []
  private(set) var rows = 0

  init(key: TableKey) { self.key = key }

  /// - Returns: false where there are more than are kept.
  mutating func add(_ cells: [String]) -> Bool {
    guard rows < TableLimits.rows, entries.count < TableLimits.values else { return false }
    for cell in cells where cell.utf8.count <= TableLimits.rowBytes {
      guard let value = TableValue(cell) else { continue }
      let row = UInt32(rows) | (value.isTelling ? TableEntry.telling : 0)
      for hash in value.hashes(key.hash) { entries.append(TableEntry(hash: hash, row: row)) }
    }
    rows += 1
    return true
  }

  /// The values that are kept, by what is kept of them, and a filter for them: none that is common, none twice in a row.
  consuming func settled() -> (entries: [TableEntry], values: Int, filter: ValueFilter) {
    entries.sort()
    var kept: [TableEntry] = []
    var hashes: [UInt64] = []
    var first = 0
    while first < entries.count {
      let hash = entries[first].hash
      let start = kept.count
      var next = first
      while next < entries.count, entries[next].hash == hash {
        let isNew = kept.count == start || (kept[kept.count - 1].row ^ entries[next].row) & ~TableEntry.telling != 0
        if isNew { kept.append(entries[next]) }
        next += 1
      }
      if kept.count - start > TableLimits.rowsOfOne {
        kept.removeSubrange(start...)
      } else {
        hashes.append(hash)
        let stored = key.stored(hash)
        for index in start..<kept.count {
          // What stands in two rows says of neither that it is meant.
          let row = kept.count - start == 1 ? kept[index].row : kept[index].row & ~TableEntry.telling
          kept[index] = TableEntry(hash: stored, row: row)
        }
      }
      first = next
    }
    var filter = ValueFilter(of: hashes.count)
    for hash in hashes { filter.insert(hash) }
    kept.sort()
    return (kept, hashes.count, filter)
  }
}
