/// What the bodies of one event loop may take of memory together: many that are each within their limit are not within
/// this one.
final class BodyMemory {
  private let limit: Int
  private(set) var taken = 0

  init(limit: Int) { self.limit = limit }

  /// - Returns: `false` where there is no room; then nothing is taken.
  func take(_ count: Int) -> Bool {
    guard taken + count <= limit else { return false }
    taken += count
    return true
  }

  func giveBack(_ count: Int) { taken -= count }
}
