/// Identifiers of Australia.
enum Australia {
  /// Tax file number: eight or nine digits, weights 1, 4, 3, 7, 5, 8, 6, 9, 10, modulo 11.
  ///
  /// - Source: Australian Taxation Office; as python-stdnum `au.tfn`.
  static func tfn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 8 || digits.count == 9 else { return .refuted }
    return .init(CheckDigits.weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0)
  }

  /// Business number: the first digit less one, weights 10, 1, 3, 5 … 19, modulo 89; it begins with 11 to 99.
  ///
  /// - Source: Australian Business Register, "Format of the ABN"; as python-stdnum `au.abn`.
  static func abn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11), IdentifierText.number(digits[..<2]) > 10 else {
      return .refuted
    }
    let sum = CheckDigits.weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10
    return .init(sum % 89 == 0)
  }

  /// Company number: weights 8 to 1, modulo 10.
  ///
  /// - Source: ASIC, "Australian Company Number digit check"; as python-stdnum `au.acn`.
  static func acn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    return .init((10 - CheckDigits.weighted(digits[..<8], Array((1...8).reversed())) % 10) % 10 == digits[8])
  }

  /// Medicare card: eight digits from 2 to 6, a check digit modulo 10, the issue, and perhaps the person's line.
  ///
  /// - Source: Services Australia, Medicare number format; as idnumbers `aus.MedicareNumber`.
  static func medicare(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 10 || digits.count == 11,
      (2...6).contains(digits[0])
    else { return .refuted }
    return .init(CheckDigits.weighted(digits[..<8], [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digits[8])
  }

  /// Individual healthcare identifier: 800360 and ten digits, by Luhn.
  ///
  /// - Source: Healthcare Identifiers Service, AS 5017-2006: issuer 80036, kind 0.
  static func ihi(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 16), digits.starts(with: [8, 0, 0, 3, 6, 0]) else {
      return .refuted
    }
    return .init(CheckDigits.luhn(digits))
  }
}
