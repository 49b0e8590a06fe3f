/// The hash of a run of letters and digits, which can be put together from those of its words: a polynomial over numbers
/// that only the key tells.
struct ValueHash {
  private(set) var sum: UInt64 = 0
  /// The base to the power of ``letters``.
  private(set) var power: UInt64 = 1
  private(set) var letters = 0

  struct Key: Sendable {
    /// For each byte, capitals of ASCII as small letters.
    let ofByte: [UInt64]
    let base: UInt64

    init(ofByte: [UInt64], base: UInt64) {
      var numbers = ofByte
      for capital in 0x41...0x5a { numbers[capital] = numbers[capital | 0x20] }
      self.ofByte = numbers
      self.base = base
    }
  }

  @inline(__always)
  mutating func add(_ number: UInt64, _ base: UInt64) {
    sum = sum &* base &+ number
    power = power &* base
    letters += 1
  }

  /// That of what stands before, and this behind it.
  @inline(__always)
  func preceded(by before: ValueHash) -> ValueHash {
    var whole = ValueHash()
    whole.sum = before.sum &* power &+ sum
    whole.power = before.power &* power
    whole.letters = before.letters + letters
    return whole
  }
}
