/// What was found in a text, for others that begin like it and are known to.
struct KnownMatch: Sendable {
  // Weak: an index that has moved to other memory need not stay for it.
  private weak let store: LineStore?
  private let documentCount: Int
  let match: SegmentMatch
  /// Bytes of the text.
  let count: Int

  init(_ match: SegmentMatch, of count: Int, in snapshot: IndexSnapshot) {
    store = snapshot.store
    documentCount = snapshot.documentCount
    self.match = match
    self.count = count
  }

  /// Whether the same would be found again.
  func isCurrent(in snapshot: IndexSnapshot) -> Bool {
    store === snapshot.store && documentCount == snapshot.documentCount
  }
}
