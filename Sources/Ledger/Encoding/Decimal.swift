/// Non-negative numbers as C2SP writes them: ASCII digits without leading zeros.
enum Decimal {
  /// - Returns: `nil` for anything else, and for numbers of more than 63 bits.
  static func parse(_ text: some StringProtocol) -> Int? {
    let digits = text.utf8
    guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0"),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(text)
  }
}
