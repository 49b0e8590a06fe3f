internal import Decoding
internal import Evidence

/// Tables among the things that are found.
extension MessageScanner {
  /// - Parameter place: in the scan's own view.
  func addToRecords(_ sighting: Sighting, at place: Range<Int>, _ judgement: Judgement.Reasons, _ scan: ViewScan) {
    guard sighting.dataClass == .personal || sighting.dataClass == .financial else { return }
    let isStrong = sighting.grade != .note
    var hash = ContextWords.emptyHash
    for byte in sighting.fingerprint.utf8 { ContextWords.add(byte, to: &hash) }
    scan.records.add(
      RecordCell(
        start: place.lowerBound, end: place.upperBound, span: sighting.span,
        detector: sighting.order, isStrong: isStrong,
        isSure: isStrong && !judgement.isDoubtful && (judgement.check != nil || judgement.isInContext == true),
        hash: hash))
  }

  /// - Parameter offset: the lowest that is still needed: nothing that begins more than a match before it will be found.
  func settleRecords(_ scan: ViewScan, before offset: Int, isLast: Bool) {
    guard isLast else { return scan.records.settle(before: offset - InspectionLimits.maximumHitBytes) }
    scan.records.finish()
    for table in tables(of: scan.records, scan.view) { keep(table, scan.view) }
  }

  func tables(of records: RecordFold, _ view: DecodedView) -> [SightedTable] {
    records.tables.map { SightedTable($0, in: view, detectors.rules) }
  }
}
