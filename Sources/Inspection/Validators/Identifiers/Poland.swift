/// Poland's numbers.
enum Poland {
  /// PESEL: the date of birth (the month tells the century), a serial, a check digit modulo 10.
  ///
  /// - Source: gov.pl, "Czym jest numer PESEL"; python-stdnum `pl.pesel`.
  static func pesel(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      let month = EuropeanNumber.part(digits, 2, 2)
      let centuries = [1900, 2000, 2100, 2200, 1800]
      return CheckDigits.weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0
        && CalendarDate.exists(
          year: centuries[month / 20] + EuropeanNumber.part(digits, 0, 2), month: month % 20,
          day: EuropeanNumber.part(digits, 4, 2))
    }
  }

  /// NIP, with `PL` the VAT number: ten digits, weighted modulo 11.
  ///
  /// - Source: python-stdnum `pl.nip`.
  static func nip(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10, after: "PL") { digits in
      CheckDigits.weighted(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits[9]
    }
  }

  /// REGON: nine digits, or fourteen of which the first nine are one.
  ///
  /// - Source: Główny Urząd Statystyczny; python-stdnum `pl.regon`.
  static func regon(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 9 || digits.count == 14 else { return .refuted }
    let unit = CheckDigits.weighted(digits, [8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10
    guard unit == digits[8] else { return .refuted }
    let local = CheckDigits.weighted(digits, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10
    return Validator.Verdict(digits.count == 9 || local == digits[13])
  }

  /// Identity card: three letters, a check digit, five digits; weights 7, 3, 1.
  ///
  /// - Source: ICAO Doc 9303-3 §4.9 for the weights; the check digit stands before the digits.
  static func identityCard(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    isDocument(text, letters: 3)
  }

  /// Passport: two letters, a check digit, six digits; weights 7, 3, 1.
  static func passport(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict { isDocument(text, letters: 2) }

  private static func isDocument(_ text: UnsafeBufferPointer<UInt8>, letters: Int) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 9, values.prefix(letters).allSatisfy({ $0 > 9 }),
      values.dropFirst(letters).allSatisfy({ $0 < 10 })
    else { return .refuted }
    let others = values.prefix(letters) + values.dropFirst(letters + 1)
    return Validator.Verdict(EuropeanNumber.sum731(others) == values[letters])
  }
}
