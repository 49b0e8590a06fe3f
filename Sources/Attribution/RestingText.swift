/// The text of one view as it was at a point, from which other messages go on. It never changes, and shares its bytes with
/// what was before it and what comes after it.
struct RestingText: Sendable {
  let id: Int
  let layers: [String]
  let bytes: SharedBytes
  /// The view's offset of the first byte.
  let base: Int
  let stretches: [ViewText.Stretch]
  /// The view's first bytes, where they were let go.
  let head: [UInt8]?

  /// What it takes in memory besides what it shares with another one.
  func heldBytes(besides other: RestingText?) -> Int {
    bytes.heldBytes(besides: other?.bytes) + stretches.count * MemoryLayout<ViewText.Stretch>.stride
      + (head?.count ?? 0)
  }
}
