/// Identifiers of Peru.
enum Peru {
  /// Registro único de contribuyentes: 10, 15, 17 people, 20 firms.
  ///
  /// - Source: SUNAT; as python-stdnum `pe.ruc`.
  static func ruc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11),
      [10, 15, 17, 20].contains(IdentifierText.number(digits[..<2]))
    else { return .refuted }
    let sum = CheckDigits.weighted(digits[..<10], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
    return .init((11 - sum % 11) % 10 == digits[10])
  }

  /// Código único de identificación, the number of the DNI: eight digits and perhaps a check digit or letter.
  ///
  /// - Source: RENIEC; as python-stdnum `pe.cui`.
  static func cui(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 8 || values.count == 9,
      IdentifierText.areDigits(values[..<8])
    else { return .refuted }
    guard values.count == 9 else { return .confirmed }
    let rest = CheckDigits.weighted(values[..<8], [3, 2, 7, 6, 5, 4, 3, 2]) % 11
    let digits = IdentifierText.values(of: "65432110987")
    let letters = IdentifierText.values(of: "KJIHGFEDCBA")
    return .init(values[8] == digits[rest] || values[8] == letters[rest])
  }
}
