internal import Decoding
internal import Evidence
internal import OwnTables

/// Values of the organisation's own tables.
extension MessageScanner {
  /// - Returns: the lowest offset that is still needed.
  func readOwnTables(_ scan: ViewScan, isLast: Bool) -> Int {
    let tables = detectors.ownTables
    guard !tables.isEmpty else { return scan.view.end }
    let (base, buffer) = scan.view.bytes
    scan.ownTables.read(buffer, from: base, isLast: isLast, separator: DecodedView.separator, tables) { found in
      sight(found, of: tables.tables[found.table], scan.view)
    }
    return scan.ownTables.neededFrom
  }

  private func sight(_ found: TableScan.Found, of table: IndexedTable, _ view: DecodedView) {
    let (base, buffer) = view.bytes
    let place = found.place
    var sighting = Sighting(
      OwnTableDetector.id, table.dataClass, found.row == nil ? .redact : .block, table.dataClass.severity,
      order: OwnTableDetector.order, at: SightedPlace(place, in: view),
      fingerprint: detectors.fingerprint(of: buffer[place.lowerBound - base..<place.upperBound - base]))
    sighting.ownRow = OwnRow(table: table.name, number: found.row)
    keep(sighting, view)
  }
}
