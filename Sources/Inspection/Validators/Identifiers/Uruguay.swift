/// Identifiers of Uruguay.
enum Uruguay {
  /// Registro único tributario: 01 to 22, six digits, 001, check digit modulo 11.
  ///
  /// - Source: DGI; as python-stdnum `uy.rut`.
  static func rut(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12),
      (1...22).contains(IdentifierText.number(digits[..<2])), IdentifierText.number(digits[2..<8]) != 0,
      IdentifierText.number(digits[8..<11]) == 1
    else { return .refuted }
    let sum = CheckDigits.weighted(digits[..<11], [4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
    return .init((11 - sum % 11) % 11 == digits[11])
  }

  /// Cédula de identidad: weights 2, 9, 8, 7, 6, 3, 4, modulo 10.
  ///
  /// - Source: Dirección Nacional de Identificación Civil; the rule as in Wikipedia, "Cédula de identidad de
  ///   Uruguay".
  static func ci(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 7 || digits.count == 8,
      !IdentifierText.areOneDigit(digits)
    else { return .refuted }
    let padded = digits.count == 7 ? [0] + digits : digits
    return .init((10 - CheckDigits.weighted(padded[..<7], [2, 9, 8, 7, 6, 3, 4]) % 10) % 10 == padded[7])
  }
}
