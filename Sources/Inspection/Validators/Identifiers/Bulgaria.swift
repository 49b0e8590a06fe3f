/// Bulgaria's numbers.
enum Bulgaria {
  /// EGN: the date of birth (20 more for the month before 1900, 40 from 2000 on), three digits, modulo 11.
  ///
  /// - Source: GRAO; python-stdnum `bg.egn`.
  static func egn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10, isEGN)
  }

  private static func isEGN(_ digits: [Int]) -> Bool {
    var year = 1900 + EuropeanNumber.part(digits, 0, 2)
    var month = EuropeanNumber.part(digits, 2, 2)
    if month > 40 {
      (year, month) = (year + 100, month - 40)
    } else if month > 20 {
      (year, month) = (year - 100, month - 20)
    }
    let sum = CheckDigits.weighted(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6])
    return CalendarDate.exists(year: year, month: month, day: EuropeanNumber.part(digits, 4, 2))
      && sum % 11 % 10 == digits[9]
  }

  /// LNCh, of foreigners: ten digits, weighted modulo 10.
  ///
  /// - Source: python-stdnum `bg.pnf`.
  static func pnf(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10, isPNF)
  }

  private static func isPNF(_ digits: [Int]) -> Bool {
    CheckDigits.weighted(digits, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == digits[9]
  }

  /// VAT number: the nine digits of the register of companies, or ten of a person's or another's.
  ///
  /// - Source: python-stdnum `bg.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = EuropeanNumber.digits(text, after: "BG") else { return .refuted }
    if digits.count == 9 { return Validator.Verdict(isCompany(digits)) }
    guard digits.count == 10 else { return .refuted }
    let other = (11 - CheckDigits.weighted(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return Validator.Verdict(isEGN(digits) || isPNF(digits) || other == digits[9])
  }

  private static func isCompany(_ digits: [Int]) -> Bool {
    let first = CheckDigits.weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8]) % 11
    let second = CheckDigits.weighted(digits, [3, 4, 5, 6, 7, 8, 9, 10]) % 11
    return (first == 10 ? second % 10 : first) == digits[8]
  }
}
