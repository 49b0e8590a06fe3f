/// Greece's numbers.
enum Greece {
  /// AMKA: the date of birth and five digits, with Luhn's check digit.
  ///
  /// - Source: IDIKA, amka.gr; python-stdnum `gr.amka`.
  static func amka(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      CheckDigits.luhn(digits)
        && CalendarDate.exists(
          shortYear: EuropeanNumber.part(digits, 4, 2), month: EuropeanNumber.part(digits, 2, 2),
          day: EuropeanNumber.part(digits, 0, 2))
    }
  }

  /// AFM and VAT number: nine digits (a leading zero may lack), weighted by powers of two modulo 11.
  ///
  /// - Source: python-stdnum `gr.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let greek = EuropeanNumber.values(text, after: "EL") else { return .refuted }
    var digits = greek.starts(with: [16, 27]) ? Array(greek.dropFirst(2)) : greek
    if digits.count == 8 { digits.insert(0, at: 0) }
    guard digits.count == 9, digits.allSatisfy({ $0 < 10 }) else { return .refuted }
    return Validator.Verdict(CheckDigits.weighted(digits, [256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digits[8])
  }
}
