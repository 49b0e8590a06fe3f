/// Identifiers of Argentina.
enum Argentina {
  /// CUIT and CUIL: kind (20 to 27 people, 30 to 34 firms, 50 to 55 abroad), number, check digit modulo 11.
  ///
  /// - Source: ARCA (AFIP), Clave Única de Identificación Tributaria; as python-stdnum `ar.cuit`.
  static func cuit(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11),
      [20, 23, 24, 27, 30, 33, 34, 50, 51, 55].contains(IdentifierText.number(digits[..<2]))
    else { return .refuted }
    let rest = CheckDigits.weighted(digits[..<10], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    // Where the check would be 10, 9 stands.
    return .init((rest == 1 ? 9 : (11 - rest) % 11) == digits[10])
  }
}
