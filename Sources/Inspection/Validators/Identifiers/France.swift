/// France's numbers, of which Monaco's VAT numbers are.
enum France {
  /// NIR: sex, year and month of birth, department and commune, serial, 97 less the rest modulo 97. Corsica's
  /// departments 2A and 2B count as 19 and 18.
  ///
  /// - Source: INSEE, "Numéro de sécurité sociale / NIR"; python-stdnum `fr.nir`.
  static func nir(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard var digits = IdentifierText.values(text), digits.count == 15 else { return .refuted }
    if digits[5] == 2, digits[6] == 10 || digits[6] == 11 {
      digits[6] = digits[6] == 10 ? 9 : 8
      digits[5] = 1
    }
    guard digits.allSatisfy({ $0 < 10 }) else { return .refuted }
    return Validator.Verdict(97 - EuropeanNumber.part(digits, 0, 13) % 97 == EuropeanNumber.part(digits, 13, 2))
  }

  /// Numéro fiscal (SPI): ten digits of which the first is at most 3, and those modulo 511.
  ///
  /// - Source: python-stdnum `fr.nif`.
  static func nif(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13) { digits in
      digits[0] < 4 && EuropeanNumber.part(digits, 0, 10) % 511 == EuropeanNumber.part(digits, 10, 3)
    }
  }

  /// SIREN: nine digits with Luhn's check digit.
  ///
  /// - Source: INSEE, "Numéro SIREN"; python-stdnum `fr.siren`.
  static func siren(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9, CheckDigits.luhn)
  }

  /// SIRET: a SIREN and five digits, with Luhn's check digit; La Poste's establishments have a sum that 5 divides.
  ///
  /// - Source: INSEE, "Numéro SIRET"; python-stdnum `fr.siret`.
  static func siret(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 14) { digits in
      guard CheckDigits.luhn(Array(digits.prefix(9))) else { return false }
      let isLaPoste = EuropeanNumber.part(digits, 0, 9) == 356_000_000 && EuropeanNumber.part(digits, 9, 5) != 48
      return isLaPoste ? digits.reduce(0, +) % 5 == 0 : CheckDigits.luhn(digits)
    }
  }

  /// VAT number: a key of two characters and the SIREN; Monaco's has three zeros where the SIREN begins.
  ///
  /// - Source: python-stdnum `fr.tva`.
  static func tva(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = EuropeanNumber.values(text, after: "FR"), values.count == 11,
      values[2...].allSatisfy({ $0 < 10 }), let first = rank(values[0]), let second = rank(values[1])
    else { return .refuted }
    let siren = EuropeanNumber.part(values, 2, 9)
    let isMonaco = EuropeanNumber.part(values, 2, 3) == 0
    guard isMonaco || CheckDigits.luhn(Array(values[2...])) else { return .refuted }
    if first < 10, second < 10 { return Validator.Verdict((siren * 100 + 12) % 97 == first * 10 + second) }
    let check = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100
    return Validator.Verdict((siren + 1 + check / 11) % 11 == check % 11)
  }

  /// The keys' alphabet has neither `I` nor `O`.
  private static func rank(_ value: Int) -> Int? {
    EuropeanNumber.index(value, in: "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
  }

  /// RPPS, of those who work in health: eleven digits with Luhn's check digit.
  ///
  /// - Source: Agence du Numérique en Santé, "Répertoire RPPS".
  static func rpps(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11, CheckDigits.luhn)
  }
}
