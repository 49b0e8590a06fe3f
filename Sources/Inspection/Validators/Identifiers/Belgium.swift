/// Belgium's numbers.
enum Belgium {
  /// National register number or BIS number: the date of birth, a serial, 97 less the rest modulo 97. A `2` before the
  /// number stands in the sum of those born from 2000 on. BIS numbers have 20 or 40 added to the month.
  ///
  /// Up to 2049 those two years are told apart; python-stdnum `be.ssn` asks the clock for the last one.
  static func nationalNumber(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      let body = EuropeanNumber.part(digits, 0, 9)
      let check = EuropeanNumber.part(digits, 9, 2)
      let month = EuropeanNumber.part(digits, 2, 2)
      let isMonth = (0...12).contains(month) || (20...32).contains(month) || (40...52).contains(month)
      let isOfThisCentury = EuropeanNumber.part(digits, 0, 2) < 50
      let holds = 97 - body % 97 == check || isOfThisCentury && 97 - (2_000_000_000 + body) % 97 == check
      return isMonth && holds
    }
  }

  /// Enterprise and VAT number: eight digits and 97 less them modulo 97; ten digits now, nine formerly.
  ///
  /// - Source: Crossroads Bank for Enterprises; python-stdnum `be.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard var digits = EuropeanNumber.digits(text, after: "BE") else { return .refuted }
    if digits.count == 9 { digits.insert(0, at: 0) }
    guard digits.count == 10, digits[0] < 2, IdentifierText.number(digits) > 0 else { return .refuted }
    return Validator.Verdict((EuropeanNumber.part(digits, 0, 8) + EuropeanNumber.part(digits, 8, 2)) % 97 == 0)
  }

  /// Number of an identity card: ten digits and those modulo 97, 97 for none.
  ///
  /// - Source: python-stdnum `be.eid`.
  static func eid(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 12) { digits in
      let remainder = EuropeanNumber.part(digits, 0, 10) % 97
      return (remainder == 0 ? 97 : remainder) == EuropeanNumber.part(digits, 10, 2)
        && IdentifierText.number(digits) > 0
    }
  }
}
