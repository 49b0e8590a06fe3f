/// Identifiers of Thailand, Vietnam, Malaysia and Indonesia.
enum SoutheastAsia {
  /// Thailand's personal number: thirteen digits, the first 1 to 8, modulo 11.
  ///
  /// - Source: Department of Provincial Administration; as python-stdnum `th.pin`.
  static func thaiPerson(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13), (1...8).contains(digits[0]) else { return .refuted }
    return .init(hasThaiCheck(digits))
  }

  /// Thailand's numbers of firms (MOA): the same from 0.
  ///
  /// - Source: Department of Business Development; as python-stdnum `th.moa`.
  static func thaiFirm(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13), digits[0] == 0 else { return .refuted }
    return .init(hasThaiCheck(digits))
  }

  private static func hasThaiCheck(_ digits: [Int]) -> Bool {
    let sum = CheckDigits.weighted(digits[..<12], [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
    return (11 - sum % 11) % 10 == digits[12]
  }

  /// Vietnam's tax code: nine digits, a check digit, and three for a branch.
  ///
  /// - Source: General Department of Taxation; as python-stdnum `vn.mst`.
  static func vietnamTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 10 || digits.count == 13,
      IdentifierText.number(digits[2..<9]) != 0
    else { return .refuted }
    guard digits.count == 10 || IdentifierText.number(digits[10...]) != 0 else { return .refuted }
    return .init(10 - CheckDigits.weighted(digits[..<9], [31, 29, 23, 19, 17, 13, 7, 5, 3]) % 11 == digits[9])
  }

  /// Vietnam's citizen number: province, century and sex (0 to 3 for those alive), year, serial; no check digit.
  ///
  /// - Source: Circular 07/2016/TT-BCA, annex 1 (the provinces' codes).
  static func vietnamCitizen(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12), digits[3] < 4 else { return .refuted }
    let provinces: Set = [
      1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
      45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89,
      91, 92, 93, 94, 95, 96,
    ]
    return .init(provinces.contains(IdentifierText.number(digits[..<3])))
  }

  /// Malaysia's NRIC: date of birth, place of birth, serial; no check digit.
  ///
  /// - Source: National Registration Department, the places' codes; as python-stdnum `my.nric`.
  static func malaysiaPerson(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12) else { return .refuted }
    let unused: Set = [0, 17, 18, 19, 20, 69, 70, 73, 80, 81, 94, 95, 96, 97]
    let exists = CalendarDate.exists(
      shortYear: IdentifierText.number(digits[..<2]), month: IdentifierText.number(digits[2..<4]),
      day: IdentifierText.number(digits[4..<6]))
    return .init(exists && !unused.contains(IdentifierText.number(digits[6..<8])))
  }

  /// Indonesia's NIK: province, district, date of birth (a woman's day and 40), serial; no check digit.
  ///
  /// stdnum lacks the provinces founded since 2012 (65, 92, 93, 95, 96, 97).
  ///
  /// - Source: Ministry of Home Affairs, codes of regions; as python-stdnum `id.nik`.
  static func indonesiaPerson(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 16) else { return .refuted }
    let provinces: Set = [
      11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73, 74,
      75, 76, 81, 82, 91, 92, 93, 94, 95, 96, 97,
    ]
    let exists = CalendarDate.exists(
      shortYear: IdentifierText.number(digits[10..<12]), month: IdentifierText.number(digits[8..<10]),
      day: IdentifierText.number(digits[6..<8]) % 40)
    return .init(exists && provinces.contains(IdentifierText.number(digits[..<2])))
  }

  /// Indonesia's NPWP: nine digits by Luhn, six for office and branch; sixteen digits are a NIK or the same after 0.
  ///
  /// - Source: Directorate General of Taxes; as python-stdnum `id.npwp`.
  static func indonesiaTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text) else { return .refuted }
    switch (digits.count, digits.first) {
    case (15, _): return .init(CheckDigits.luhn(Array(digits[..<9])))
    case (16, 0): return .init(CheckDigits.luhn(Array(digits[..<10])))
    default: return indonesiaPerson(text)
    }
  }
}
