/// Chooses parts of a long line to know it by: of each window of successive parts the one of least hash, so that any
/// text of ``AttributionLimits/partBytes`` + ``AttributionLimits/partWindow`` - 1 bytes shares one with any other that
/// holds it (Schleimer, Wilkerson, Aiken 2003).
struct LineWinnow {
  private static let width = AttributionLimits.partBytes
  private static let window = AttributionLimits.partWindow

  private let multiplier: UInt64
  /// What the first byte of a part counts for when it goes.
  private let leaving: UInt64

  init(_ key: LineHash) {
    multiplier = key.second
    var power: UInt64 = 1
    for _ in 0..<Self.width { power = power &* key.second }
    leaving = power
  }

  /// Calls `choose` with the hash and the offset of each chosen part.
  @inline(__always)
  func forEach(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int, _ choose: (UInt32, Int) -> Void) {
    guard end - start >= Self.width else { return }
    var rolling: UInt64 = 0
    for index in start..<start + Self.width { rolling = rolling &* multiplier &+ UInt64(text[index]) &+ 1 }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.window) { ring in
      var least = UInt32.max
      var place = -1
      var chosen = -1
      let last = end - Self.width
      for position in start...last {
        let hash = UInt32(truncatingIfNeeded: (rolling &* 0x9e37_79b9_7f4a_7c15) >> 32)
        ring[position & (Self.window - 1)] = hash
        if hash <= least {
          (least, place) = (hash, position)
        } else if place <= position - Self.window {
          // The least has left the window: the last of the least among what is in it.
          least = .max
          for other in (position - Self.window + 1)...position {
            let candidate = ring[other & (Self.window - 1)]
            if candidate <= least { (least, place) = (candidate, other) }
          }
        }
        let isFull = position - start >= Self.window - 1 || position == last
        if isFull, place != chosen {
          chosen = place
          choose(least, place)
        }
        guard position < last else { break }
        rolling =
          rolling &* multiplier &+ UInt64(text[position + Self.width]) &+ 1
          &- leaving &* (UInt64(text[position]) &+ 1)
      }
    }
  }
}
