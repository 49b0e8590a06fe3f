/// Czechia's and Slovakia's numbers.
enum Czechia {
  /// Rodné číslo: year, month (50 more for women, 20 more where serials run out), day, a serial of three digits until
  /// 1953 and of four since, with which the number is divisible by 11.
  ///
  /// - Source: zákon č. 133/2000 Sb., §13; python-stdnum `cz.rc`, `sk.rc`.
  static func birthNumber(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text) else { return .refuted }
    return Validator.Verdict(isBirthNumber(digits))
  }

  private static func isBirthNumber(_ digits: [Int]) -> Bool {
    guard digits.count == 9 || digits.count == 10 else { return false }
    let short = EuropeanNumber.part(digits, 0, 2)
    let year: Int
    if digits.count == 9 {
      guard short <= 53 || short >= 80 else { return false }
      year = short >= 80 ? 1800 + short : 1900 + short
    } else {
      year = short < 54 ? 2000 + short : 1900 + short
    }
    let month = EuropeanNumber.part(digits, 2, 2) % 50 % 20
    guard CalendarDate.exists(year: year, month: month, day: EuropeanNumber.part(digits, 4, 2)) else { return false }
    return digits.count == 9 || EuropeanNumber.part(digits, 0, 9) % 11 % 10 == digits[9]
  }

  /// IČO of eight digits, DIČ of a person (a rodné číslo or nine digits that begin with 6); with `CZ` the VAT number.
  ///
  /// - Source: python-stdnum `cz.dic`.
  static func dic(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = EuropeanNumber.digits(text, after: "CZ") else { return .refuted }
    let weights = [8, 7, 6, 5, 4, 3, 2]
    if digits.count == 8 {
      let check = (11 - CheckDigits.weighted(digits, weights) % 11) % 11
      return Validator.Verdict(digits[0] != 9 && (check == 0 ? 1 : check) % 10 == digits[7])
    }
    if digits.count == 9, digits[0] == 6 {
      let check = CheckDigits.weighted(digits[1..<8], weights) % 11
      let special = (8 - (10 - check) % 11 + 10) % 10
      return Validator.Verdict(special == digits[8])
    }
    return Validator.Verdict(isBirthNumber(digits))
  }

  /// Slovakia's IČ DPH and DIČ: ten digits divisible by 11, the third of a few; or a rodné číslo.
  ///
  /// - Source: python-stdnum `sk.dph`.
  static func slovakVAT(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10, after: "SK") { digits in
      isBirthNumber(digits)
        || digits[0] != 0 && [2, 3, 4, 7, 8, 9].contains(digits[2]) && IdentifierText.number(digits) % 11 == 0
    }
  }
}
