/// Keccak with 256 bits as Ethereum and Monero use it: the padding from before FIPS 202.
///
/// - Source: G. Bertoni and others, "The Keccak reference", version 3.0, 2011.
enum Keccak256 {
  private static let rate = 136

  static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var padded = bytes + [1]
    padded += [UInt8](repeating: 0, count: (rate - padded.count % rate) % rate)
    padded[padded.count - 1] |= 0x80
    var state = [UInt64](repeating: 0, count: 25)
    for start in stride(from: 0, to: padded.count, by: rate) {
      for lane in 0..<rate / 8 {
        let part = padded[start + lane * 8..<start + lane * 8 + 8]
        state[lane] ^= part.reversed().reduce(0) { $0 << 8 | UInt64($1) }
      }
      permute(&state)
    }
    return state.prefix(4).flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lane >> (8 * UInt64($0))) } }
  }

  private static func permute(_ state: inout [UInt64]) {
    var feedback: UInt8 = 1
    for _ in 0..<24 {
      mixColumns(&state)
      moveLanes(&state)
      for row in stride(from: 0, to: 25, by: 5) {
        let lanes = Array(state[row..<row + 5])
        for x in 0..<5 { state[row + x] = lanes[x] ^ (~lanes[(x + 1) % 5] & lanes[(x + 2) % 5]) }
      }
      state[0] ^= roundConstant(&feedback)
    }
  }

  /// θ
  private static func mixColumns(_ state: inout [UInt64]) {
    var parity = [UInt64](repeating: 0, count: 5)
    for lane in 0..<25 { parity[lane % 5] ^= state[lane] }
    for lane in 0..<25 {
      state[lane] ^= parity[(lane + 4) % 5] ^ rotated(parity[(lane + 1) % 5], 1)
    }
  }

  /// ρ and π: along the path, each lane takes the place of the next, turned by triangular numbers.
  private static func moveLanes(_ state: inout [UInt64]) {
    var (x, y) = (1, 0)
    var current = state[1]
    for step in 1...24 {
      (x, y) = (y, (2 * x + 3 * y) % 5)
      let next = state[x + 5 * y]
      state[x + 5 * y] = rotated(current, step * (step + 1) / 2 % 64)
      current = next
    }
  }

  /// ι: bits of a linear feedback shift register at the places 2^j - 1.
  private static func roundConstant(_ feedback: inout UInt8) -> UInt64 {
    var constant: UInt64 = 0
    for index in 0..<7 {
      if feedback & 1 != 0 { constant |= 1 << UInt64((1 << index) - 1) }
      feedback = feedback & 0x80 == 0 ? feedback << 1 : feedback << 1 ^ 0x71
    }
    return constant
  }

  private static func rotated(_ lane: UInt64, _ bits: Int) -> UInt64 {
    bits == 0 ? lane : lane << UInt64(bits) | lane >> UInt64(64 - bits)
  }
}
