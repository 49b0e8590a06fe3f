internal import NIOCore

/// How many long bodies of one event loop are taken in at the same time: what looks at one takes some ten times its length
/// in memory. Those beyond wait for one to be whole, unread.
final class BodyTurns {
  /// An agent and its helpers send a few at once.
  static let turns = 8
  /// Shorter bodies wait for nobody.
  static let longBody = 64 << 10

  private var free = BodyTurns.turns
  private var waiting: CircularBuffer<() -> Bool> = []

  /// - Returns: false where others have them all.
  func take() -> Bool {
    guard free > 0 else { return false }
    free -= 1
    return true
  }

  /// - Parameter begin: gives back whether the turn is wanted still.
  func wait(_ begin: @escaping () -> Bool) { waiting.append(begin) }

  func giveBack() {
    while let next = waiting.popFirst() { if next() { return } }
    free += 1
  }
}
