/// Chooses parts of a long line to know it by: of each window of successive parts the one of least hash, so that any
/// text of ``AttributionLimits/partBytes`` + ``AttributionLimits/partWindow`` - 1 bytes shares one with any other that
/// holds it (Schleimer, Wilkerson, Aiken 2003).
struct LineWinnow {
  private static let width = AttributionLimits.partBytes
  private static let window = AttributionLimits.partWindow

  /// A random number for each byte. Shifted two bits with each byte that follows, it is gone after 32 of them, so that
  /// nothing need be taken out of the sum.
  private let numbers: ContiguousArray<UInt64>
  private static let shift = UInt64(UInt64.bitWidth / width)

  init(_ key: LineHash) { numbers = ContiguousArray((0..<256).map { key.number($0) }) }

  /// Calls `choose` with the hash and the offset of each chosen part.
  @inline(__always)
  func forEach(_ text: UnsafePointer<UInt8>, from start: Int, to end: Int, _ choose: (UInt32, Int) -> Void) {
    guard end - start >= Self.width else { return }
    numbers.withUnsafeBufferPointer { forEach(text, from: start, to: end, numbers: $0, choose) }
  }

  @inline(__always)
  private func forEach(
    _ text: UnsafePointer<UInt8>, from start: Int, to end: Int, numbers: UnsafeBufferPointer<UInt64>,
    _ choose: (UInt32, Int) -> Void
  ) {
    var rolling: UInt64 = 0
    for index in start..<start + Self.width - 1 { rolling = rolling &<< Self.shift &+ numbers[Int(text[index])] }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.window) { ring in
      var least = UInt32.max
      var place = -1
      var chosen = -1
      let last = end - Self.width
      for position in start...last {
        rolling = rolling &<< Self.shift &+ numbers[Int(text[position &+ Self.width &- 1])]
        let hash = UInt32(truncatingIfNeeded: rolling >> 32)
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
      }
    }
  }
}
