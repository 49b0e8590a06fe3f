/// SplitMix64: the same numbers on every machine and in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Every way to cut `bytes` in two, byte by byte, and `random` ways into many pieces.
func splits(of bytes: [UInt8], random: Int, seed: UInt64) -> [[[UInt8]]] {
  var ways: [[[UInt8]]] = (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
  ways.append(bytes.map { [$0] })
  var generator = SeededGenerator(seed: seed)
  for _ in 0..<random {
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = min(rest.count, Int.random(in: 1...12, using: &generator))
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    ways.append(pieces)
  }
  return ways
}
