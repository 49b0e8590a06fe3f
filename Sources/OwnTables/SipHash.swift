/// SipHash-2-4 of one number.
///
/// - Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012; test vectors of its appendix A.
enum SipHash {
  static func of(_ number: UInt64, key: (UInt64, UInt64)) -> UInt64 {
    var state = State(key)
    state.add(number)
    // Behind the eight bytes: nothing more, and their count.
    state.add(8 << 56)
    return state.end()
  }

  private struct State {
    private var v0, v1, v2, v3: UInt64

    init(_ key: (UInt64, UInt64)) {
      v0 = key.0 ^ 0x736f_6d65_7073_6575
      v1 = key.1 ^ 0x646f_7261_6e64_6f6d
      v2 = key.0 ^ 0x6c79_6765_6e65_7261
      v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    mutating func add(_ block: UInt64) {
      v3 ^= block
      round()
      round()
      v0 ^= block
    }

    mutating func end() -> UInt64 {
      v2 ^= 0xff
      for _ in 0..<4 { round() }
      return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func round() {
      v0 &+= v1
      v1 = Self.turn(v1, 13) ^ v0
      v0 = Self.turn(v0, 32)
      v2 &+= v3
      v3 = Self.turn(v3, 16) ^ v2
      v0 &+= v3
      v3 = Self.turn(v3, 21) ^ v0
      v2 &+= v1
      v1 = Self.turn(v1, 17) ^ v2
      v2 = Self.turn(v2, 32)
    }

    private static func turn(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
  }
}
