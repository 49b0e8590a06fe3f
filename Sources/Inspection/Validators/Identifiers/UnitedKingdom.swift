/// The United Kingdom's numbers.
enum UnitedKingdom {
  /// NHS number, and Northern Ireland's Health and Care number: ten digits, weighted modulo 11.
  ///
  /// - Source: NHS Data Model and Dictionary, "NHS NUMBER"; python-stdnum `gb.nhs`.
  static func nhs(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10, isModulo11)
  }

  private static func isModulo11(_ digits: [Int]) -> Bool {
    CheckDigits.weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
  }

  /// Scotland's CHI number: the date of birth, three digits, the NHS number's check digit.
  ///
  /// - Source: Public Health Scotland, data dictionary, "CHI Number".
  static func chi(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10) { digits in
      isModulo11(digits)
        && CalendarDate.exists(
          shortYear: EuropeanNumber.part(digits, 4, 2), month: EuropeanNumber.part(digits, 2, 2),
          day: EuropeanNumber.part(digits, 0, 2))
    }
  }

  /// National Insurance number: two letters of which some are never given, six digits, `A` to `D`.
  ///
  /// - Source: HMRC, National Insurance Manual NIM39110.
  static func nino(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 9, values[2..<8].allSatisfy({ $0 < 10 }),
      (10...13).contains(values[8]), EuropeanNumber.index(values[0], in: "ABCEGHJKLMNOPRSTWXYZ") != nil,
      EuropeanNumber.index(values[1], in: "ABCEGHJKLMNPRSTWXYZ") != nil
    else { return .refuted }
    let never = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].map { $0.utf8.map { Int($0) - 0x37 } }
    return Validator.Verdict(!never.contains(Array(values.prefix(2))))
  }

  /// Unique Taxpayer Reference: a check digit and nine digits, perhaps a `K` before them.
  ///
  /// - Source: python-stdnum `gb.utr`.
  static func utr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10, after: "K") { digits in
      let checks = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1]
      return digits[0] == checks[CheckDigits.weighted(digits.dropFirst(), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11]
    }
  }

  /// Driving licence of Great Britain: the surname's letters filled up with `9`, the year's tens, month (50 more for
  /// women), day, the year's ones, initials, two more characters.
  ///
  /// - Source: DVLA, "INF1 Driving licence information"; Department for Transport, driver number format.
  static func drivingLicence(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count >= 16, values[5..<11].allSatisfy({ $0 < 10 }),
      values[0] > 9
    else { return .refuted }
    let filled = values[0..<5].drop { $0 > 9 }
    let month = EuropeanNumber.part(values, 6, 2)
    let year = values[5] * 10 + values[10]
    let isDate = CalendarDate.exists(
      shortYear: year, month: month > 50 ? month - 50 : month, day: EuropeanNumber.part(values, 8, 2))
    return Validator.Verdict(isDate && filled.allSatisfy { $0 == 9 } && (values[11] > 9 || values[11] == 9))
  }

  /// Local authorities' numbers, of which a Unique Pupil Number has one.
  private static let authorities: [ClosedRange<Int>] = [
    201...213, 301...320, 330...336, 340...344, 350...359, 370...373, 380...384, 390...394, 420...420, 800...803,
    805...808, 810...813, 815...816, 821...823, 825...826, 830...831, 835...837, 840...841, 845...846, 850...852,
    855...857, 860...861, 865...874, 876...896, 908...909, 916...916, 919...919, 921...921, 925...926, 928...929,
    931...931, 933...933, 935...938,
  ]

  /// Unique Pupil Number: a check letter, the authority, the year, a serial that may end in a letter.
  ///
  /// - Source: Department for Education, "Unique pupil numbers (UPNs)"; python-stdnum `gb.upn`.
  static func upn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let alphabet = "ABCDEFGHJKLMNPQRTUVWXYZ0123456789"
    guard let values = IdentifierText.values(text), values.count == 13, values[1..<12].allSatisfy({ $0 < 10 }),
      authorities.contains(where: { $0.contains(EuropeanNumber.part(values, 1, 3)) }),
      EuropeanNumber.index(values[12], in: alphabet) != nil
    else { return .refuted }
    let ranks = values.dropFirst().map { EuropeanNumber.index($0, in: alphabet) ?? 0 }
    let check = CheckDigits.weighted(ranks, Array(2...13)) % 23
    return Validator.Verdict(EuropeanNumber.index(values[0], in: alphabet) == check)
  }

  /// VAT number: nine or twelve digits, weighted modulo 97 by either of two rules; or those of government departments
  /// and health authorities.
  ///
  /// - Source: HMRC, "VAT registration number format"; python-stdnum `gb.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let all = IdentifierText.values(text) else { return .refuted }
    let hasPrefix = all.starts(with: [16, 11]) || all.starts(with: [33, 18])
    let values = Array(all.dropFirst(hasPrefix ? 2 : 0))
    if values.count == 5 || values.count == 11 { return Validator.Verdict(isPublicBody(values)) }
    guard values.count == 9 || values.count == 12, values.allSatisfy({ $0 < 10 }) else { return .refuted }
    let sum = CheckDigits.weighted(values, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97
    let isNew = EuropeanNumber.part(values, 0, 3) >= 100
    return Validator.Verdict(sum == 0 || isNew && (sum == 42 || sum == 55))
  }

  /// `GD` below 500 and `HA` from there on, or the same after `8888` with a check modulo 97.
  private static func isPublicBody(_ values: [Int]) -> Bool {
    let isLong = values.count == 11
    let digits = values.dropFirst(2)
    guard digits.allSatisfy({ $0 < 10 }), !isLong || digits.starts(with: [8, 8, 8, 8]) else { return false }
    let number = EuropeanNumber.part(values, isLong ? 6 : 2, 3)
    let isDepartment = values.starts(with: [16, 13]) && number < 500
    let isHealth = values.starts(with: [17, 10]) && number >= 500
    return (isDepartment || isHealth) && (!isLong || number % 97 == EuropeanNumber.part(values, 9, 2))
  }
}
