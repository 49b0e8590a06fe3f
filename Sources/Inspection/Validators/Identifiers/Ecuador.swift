/// Identifiers of Ecuador.
enum Ecuador {
  /// Cédula de identidad: province, a third digit to 6, check digit as Luhn's.
  ///
  /// - Source: Registro Civil; as python-stdnum `ec.ci`.
  static func ci(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10) else { return .refuted }
    return .init(isPersonal(digits))
  }

  /// Registro único de contribuyentes: of people a cédula and the establishment, of firms and the state modulo 11.
  ///
  /// - Source: Servicio de Rentas Internas; as python-stdnum `ec.ruc`.
  static func ruc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13), hasProvince(digits) else { return .refuted }
    let hasEstablishment = IdentifierText.number(digits[10...]) != 0
    let isPerson = hasEstablishment && isPersonal(Array(digits[..<10]))
    let isState =
      IdentifierText.number(digits[9...]) != 0
      && CheckDigits.weighted(digits[..<9], [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    let isFirm =
      hasEstablishment && CheckDigits.weighted(digits[..<10], [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    switch digits[2] {
    case 0...5: return .init(isPerson)
    case 6: return .init(isState || isPerson)
    case 9: return .init(isState || isFirm)
    default: return .refuted
    }
  }

  private static func hasProvince(_ digits: [Int]) -> Bool {
    let province = IdentifierText.number(digits[..<2])
    return (1...24).contains(province) || province == 30 || province == 50
  }

  private static func isPersonal(_ digits: [Int]) -> Bool {
    hasProvince(digits) && digits[2] <= 6 && CheckDigits.luhn(digits)
  }
}
