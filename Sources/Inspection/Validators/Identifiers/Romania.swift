/// Romania's numbers.
enum Romania {
  /// CNP: sex and century, the date of birth, the county, a serial, a check digit modulo 11.
  ///
  /// - Source: Legea 105/1996; python-stdnum `ro.cnp`.
  static func cnp(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13, isCNP)
  }

  private static func isCNP(_ digits: [Int]) -> Bool {
    let centuries = [1900, 1900, 1900, 1800, 1800, 2000, 2000, 1900, 1900, 1900]
    let county = EuropeanNumber.part(digits, 7, 2)
    let isCounty = (1...48).contains(county) || [51, 52, 70, 80, 81, 82, 83].contains(county)
    let sum = CheckDigits.weighted(digits, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
    return digits[0] != 0 && isCounty && (sum == 10 ? 1 : sum) == digits[12]
      && CalendarDate.exists(
        year: centuries[digits[0]] + EuropeanNumber.part(digits, 1, 2), month: EuropeanNumber.part(digits, 3, 2),
        day: EuropeanNumber.part(digits, 5, 2))
  }

  /// CUI (CIF): two to ten digits, the last a check digit modulo 11.
  ///
  /// - Source: python-stdnum `ro.cui`.
  static func cui(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = EuropeanNumber.digits(text, after: "RO") else { return .refuted }
    return Validator.Verdict(isCUI(digits))
  }

  private static func isCUI(_ digits: [Int]) -> Bool {
    guard (2...10).contains(digits.count), let check = digits.last, digits[0] != 0 else { return false }
    let sum = CheckDigits.weighted(digits.dropLast().reversed(), [2, 3, 5, 7, 1, 2, 3, 5, 7])
    return sum * 10 % 11 % 10 == check
  }

  /// VAT number: a CUI or a CNP.
  ///
  /// - Source: python-stdnum `ro.cf`.
  static func cf(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = EuropeanNumber.digits(text, after: "RO") else { return .refuted }
    return Validator.Verdict(digits.count == 13 ? isCNP(digits) : isCUI(digits))
  }

  /// Number in the register of trade: `J40/1234/2005`, or since 2024 `J`, the year, six digits, the county, a check.
  ///
  /// We differ from python-stdnum `ro.onrc`, which asks the clock whether the year has come.
  static func onrc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), let kind = values.first, values.count > 1,
      values.dropFirst().allSatisfy({ $0 < 10 }), let rank = EuropeanNumber.index(kind, in: "CFJ")
    else { return .refuted }
    if text.contains(UInt8(ascii: "/")) { return isOldOrder(text) }
    guard values.count == 14 else { return .refuted }
    let year = EuropeanNumber.part(values, 1, 4)
    let county = EuropeanNumber.part(values, 11, 2)
    // The letters' codes are 67, 70, 74.
    let sum = values[1..<13].reduce([7, 0, 4][rank], +)
    let isPlace = year <= 2024 && isCounty(county) || year >= 2024 && county == 0
    return Validator.Verdict((1990...2099).contains(year) && isPlace && sum % 10 == values[13])
  }

  private static func isCounty(_ county: Int) -> Bool { (1...40).contains(county) || county == 51 || county == 52 }

  private static func isOldOrder(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let parts = text.dropFirst().split(separator: UInt8(ascii: "/"))
    guard parts.count == 3, parts[0].count < 3, parts[1].count < 6, parts[2].count == 4 else { return .refuted }
    let numbers = parts.map { part in IdentifierText.number(part.map { Int($0) - 0x30 }) }
    return Validator.Verdict(isCounty(numbers[0]) && (1990...2024).contains(numbers[2]))
  }
}
