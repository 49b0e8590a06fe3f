/// A number for each byte or class of token, which nobody knows without the key.
struct GramTable: Sendable {
  /// 256 of them.
  let numbers: [UInt64]
  /// Odd.
  let multiplier: UInt64
}
