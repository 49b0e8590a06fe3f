/// Identifiers of the Republic of Korea.
enum Korea {
  /// Resident and foreigner registration: date of birth, century and sex, place, check digit modulo 11.
  ///
  /// Numbers given out since October 2020 have no place and no check digit; one in ten of them passes.
  ///
  /// - Source: Resident Registration Act; as python-stdnum `kr.rrn`.
  static func rrn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13) else { return .refuted }
    let century: Int
    switch digits[6] {
    case 1, 2, 5, 6: century = 1900
    case 3, 4, 7, 8: century = 2000
    default: century = 1800
    }
    let exists = CalendarDate.exists(
      year: century + IdentifierText.number(digits[..<2]), month: IdentifierText.number(digits[2..<4]),
      day: IdentifierText.number(digits[4..<6]))
    let sum = CheckDigits.weighted(digits[..<12], [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])
    return .init(exists && IdentifierText.number(digits[7..<9]) <= 96 && (11 - sum % 11) % 10 == digits[12])
  }

  /// Business registration number: the parts' ranges.
  ///
  /// - Source: National Tax Service, by OECD, "Korea – Tax identification numbers"; as python-stdnum `kr.brn`, which
  ///   has no check digit either.
  static func brn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10) else { return .refuted }
    let hasKind = IdentifierText.number(digits[3..<5]) != 0
    let hasSerial = IdentifierText.number(digits[5..<9]) != 0
    return .init(IdentifierText.number(digits[..<3]) >= 101 && hasKind && hasSerial)
  }

  /// Corporation registration number: weights 1 and 2, modulo 10, the products not folded.
  ///
  /// - Source: Supreme Court of Korea, rules for registering corporations (법인등록번호).
  static func corporation(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13), IdentifierText.number(digits[..<4]) != 0 else {
      return .refuted
    }
    let sum = CheckDigits.weighted(digits[..<12], [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
    return .init((10 - sum % 10) % 10 == digits[12])
  }
}
