/// Identifiers of the Dominican Republic.
///
/// stdnum also accepts lists of numbers in use that break the rules; those are people's, and are not repeated here.
enum DominicanRepublic {
  /// Cédula: Luhn.
  ///
  /// - Source: Junta Central Electoral; as python-stdnum `do.cedula`.
  static func cedula(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11) else { return .refuted }
    return .init(CheckDigits.luhn(digits))
  }

  /// Registro nacional del contribuyente: weights 7, 9, 8, 6, 5, 4, 3, 2; the check digit is 1 to 9.
  ///
  /// - Source: DGII; as python-stdnum `do.rnc`.
  static func rnc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    let rest = CheckDigits.weighted(digits[..<8], [7, 9, 8, 6, 5, 4, 3, 2]) % 11
    return .init((19 - rest) % 9 + 1 == digits[8])
  }
}
