/// Identifiers of Hong Kong.
enum HongKong {
  /// Identity card: one or two letters, six digits, in parentheses a check digit modulo 11 of which `A` is ten.
  ///
  /// - Source: Immigration Department; the rule as in Wikipedia, "Hong Kong identity card"; as idnumbers `hkg`.
  static func identity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 16 else { return .refuted }
    let bare = text.filter { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
    guard let values = bare.withUnsafeBufferPointer(IdentifierText.values), values.count == 8 || values.count == 9
    else { return .refuted }
    let letters = values.count - 7
    guard IdentifierText.areLetters(values[..<letters]), IdentifierText.areDigits(values[letters..<(letters + 6)]),
      values[letters + 6] <= 10
    else { return .refuted }
    // One letter is preceded by a space, worth 36.
    let padded = letters == 1 ? [36] + values : values
    return .init(CheckDigits.weighted(padded, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0)
  }
}
