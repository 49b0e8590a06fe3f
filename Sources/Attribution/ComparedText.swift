/// Text of a message that was let go, and what was found in it: what the next message repeats is not looked for again.
struct ComparedText: Sendable {
  /// Weak: an index that has moved to other memory need not stay for it.
  private weak let store: LineStore?
  private let documentCount: Int
  let text: [UInt8]
  let match: SegmentMatch

  /// Bytes of text from which on it is worth keeping.
  static let leastBytes = 4096

  init(_ text: [UInt8], _ match: SegmentMatch, in snapshot: IndexSnapshot) {
    store = snapshot.store
    documentCount = snapshot.documentCount
    self.text = text
    self.match = match
  }

  /// Whether it would be compared with the same again.
  func isCurrent(in snapshot: IndexSnapshot) -> Bool {
    store === snapshot.store && documentCount == snapshot.documentCount
  }
}
