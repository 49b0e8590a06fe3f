/// A body that was inspected, and where inspection can go on in bodies that begin like it.
final class RememberedBody: Sendable {
  let bytes: BodyBytes
  /// In their order.
  let points: [ResumablePoint]
  /// What it takes in memory.
  let heldBytes: Int

  init(_ bytes: BodyBytes, _ points: [ResumablePoint]) {
    self.bytes = bytes
    self.points = points
    heldBytes = points.reduce(bytes.heldBytes) { $0 + $1.heldBytes }
  }

  /// The last point in what another body has in common with it.
  func point(within common: Int) -> ResumablePoint? { points.last { $0.offset <= common && $0.isCurrent } }
}
