internal import Attribution

/// A body that was inspected, and where inspection can go on in bodies that begin like it.
final class RememberedBody: Sendable {
  let bytes: SharedBytes
  /// In their order.
  let points: [ResumablePoint]
  /// What it takes in memory.
  let heldBytes: Int

  init(_ bytes: SharedBytes, _ points: [ResumablePoint]) {
    self.bytes = bytes
    self.points = points
    var held = bytes.heldBytes()
    var earlier: ResumablePoint?
    for point in points {
      held += point.heldBytes(besides: earlier)
      earlier = point
    }
    heldBytes = held
  }

  /// Whether another body may still go on from it: what cannot would keep an index that is gone.
  var isCurrent: Bool { points.contains(where: \.isCurrent) }

  /// The last point in what another body has in common with it.
  func point(within common: Int) -> ResumablePoint? { points.last { $0.offset <= common && $0.isCurrent } }
}
