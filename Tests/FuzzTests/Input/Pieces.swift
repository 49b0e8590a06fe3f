/// Ways in which the same bytes may arrive. They depend on nothing but the bytes, so that a crash can be repeated.
enum Pieces {
  /// Bytes up to which an input is also given byte by byte.
  private static let singleBytes = 512

  /// - Returns: not the whole: one byte at a time where there are few, in halves, and in several parts.
  static func ways(of bytes: [UInt8]) -> [[[UInt8]]] {
    guard bytes.count > 1 else { return [] }
    var choice = Choice(bytes)
    var ways = bytes.count <= singleBytes ? [bytes.map { [$0] }] : []
    ways.append(cut(bytes, at: [choice.below(bytes.count + 1)]))
    ways.append(cut(bytes, at: (0..<5).map { _ in choice.below(bytes.count + 1) }))
    return ways
  }

  static func cut(_ bytes: [UInt8], at places: [Int]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    for end in places.sorted() + [bytes.count] {
      pieces.append(Array(bytes[start..<end]))
      start = end
    }
    return pieces
  }
}

/// Numbers drawn from an input (FNV-1a, then SplitMix64).
struct Choice {
  private var state: UInt64

  init(_ bytes: [UInt8]) {
    state = bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// - Parameter limit: above 0.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
