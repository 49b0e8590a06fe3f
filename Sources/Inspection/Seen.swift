internal import Evidence

/// What a scan of a message has to tell.
struct Seen {
  let sightings: [Sighting]
  /// By detector and class, those beyond as many as are told one by one.
  let numerous: [KeptSightings.Many: UntoldSightings]
  let tables: [SightedTable]
  /// Bytes went by unseen, or something was found and not kept.
  let hasFailed: Bool

  /// Whether it is a cell of a table.
  func hasInTable(_ sighting: Sighting) -> Bool {
    (sighting.dataClass == .personal || sighting.dataClass == .financial)
      && tables.contains { $0.table.span.contains(sighting.span.lowerBound) }
  }
}
