/// Identifiers of South Africa.
enum SouthAfrica {
  /// Identity number: date of birth, sex, citizenship (0, 1), one more, Luhn.
  ///
  /// - Source: Department of Home Affairs; as python-stdnum `za.idnr`.
  static func identity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13), digits[10] < 2 else { return .refuted }
    let exists = CalendarDate.exists(
      shortYear: IdentifierText.number(digits[..<2]), month: IdentifierText.number(digits[2..<4]),
      day: IdentifierText.number(digits[4..<6]))
    return .init(exists && CheckDigits.luhn(digits))
  }

  /// Tax reference number: begins with 0, 1, 2, 3 or 9, Luhn.
  ///
  /// - Source: SARS, by OECD, "South Africa – Tax identification numbers"; as python-stdnum `za.tin`.
  static func tax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10), [0, 1, 2, 3, 9].contains(digits[0]) else {
      return .refuted
    }
    return .init(CheckDigits.luhn(digits))
  }
}
