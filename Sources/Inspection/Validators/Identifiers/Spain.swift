/// Spain's numbers.
enum Spain {
  private static let letters = "TRWAGMYFPDXBNJZSQVHLCKE"

  /// Whether a check letter belongs to a number modulo 23.
  private static func isLetter(_ value: Int, of number: Int) -> Bool {
    EuropeanNumber.index(value, in: letters) == number % 23
  }

  /// DNI: eight digits and a letter for the number modulo 23.
  ///
  /// - Source: Ministerio del Interior, "Cálculo del dígito de control del NIF/NIE"; python-stdnum `es.dni`.
  static func dni(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    return Validator.Verdict(isDNI(values))
  }

  private static func isDNI(_ values: [Int]) -> Bool {
    guard values.count == 9, values.dropLast().allSatisfy({ $0 < 10 }) else { return false }
    return isLetter(values[8], of: EuropeanNumber.part(values, 0, 8))
  }

  /// NIE: `X`, `Y` or `Z` for 0, 1 or 2, seven digits, the letter.
  ///
  /// - Source: as of the DNI; python-stdnum `es.nie`.
  static func nie(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    return Validator.Verdict(isNIE(values))
  }

  private static func isNIE(_ values: [Int]) -> Bool {
    guard let first = values.first, let digit = EuropeanNumber.index(first, in: "XYZ") else { return false }
    return isDNI([digit] + Array(values.dropFirst()))
  }

  /// CIF: the kind of organisation, seven digits, Luhn's check digit or the letter that stands for it.
  ///
  /// - Source: python-stdnum `es.cif`.
  static func cif(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    return Validator.Verdict(isCIF(values))
  }

  private static func isCIF(_ values: [Int]) -> Bool {
    guard values.count == 9, values[1..<8].allSatisfy({ $0 < 10 }),
      EuropeanNumber.index(values[0], in: "ABCDEFGHJNPQRSUVW") != nil
    else { return false }
    let check = EuropeanNumber.index(values[8], in: "JABCDEFGHI") ?? values[8]
    return check < 10 && CheckDigits.luhn(Array(values[1..<8]) + [check])
  }

  /// NIF, with `ES` the VAT number: any of these, or `K`, `L`, `M` before seven digits and the letter.
  ///
  /// - Source: python-stdnum `es.nif`.
  static func nif(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = EuropeanNumber.values(text, after: "ES"), values.count == 9,
      values[1..<8].allSatisfy({ $0 < 10 })
    else { return .refuted }
    if EuropeanNumber.index(values[0], in: "KLM") != nil {
      return Validator.Verdict(isLetter(values[8], of: EuropeanNumber.part(values, 1, 7)))
    }
    return Validator.Verdict(isDNI(values) || isNIE(values) || isCIF(values))
  }

  /// Número de afiliación a la Seguridad Social: the province, seven or eight digits, both modulo 97.
  ///
  /// - Source: Tesorería General de la Seguridad Social.
  static func socialSecurity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 12) { digits in
      let province = EuropeanNumber.part(digits, 0, 2)
      let serial = EuropeanNumber.part(digits, 2, 8)
      let number = serial < 10_000_000 ? province * 10_000_000 + serial : province * 100_000_000 + serial
      return number % 97 == EuropeanNumber.part(digits, 10, 2) && (1...66).contains(province)
    }
  }

  /// CUPS, a supply point of electricity or gas: `ES`, sixteen digits, two letters for them modulo 529, perhaps a
  /// number and a letter of the kind.
  ///
  /// - Source: Real Decreto 1435/2002; python-stdnum `es.cups`.
  static func cups(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 20 || values.count == 22,
      values.starts(with: [14, 28]), values[2..<18].allSatisfy({ $0 < 10 })
    else { return .refuted }
    let remainder = EuropeanNumber.part(values, 2, 16) % 529
    if values.count == 22, values[20] > 9 || EuropeanNumber.index(values[21], in: "FPRCXYZ") == nil { return .refuted }
    return Validator.Verdict(isLetter(values[18], of: remainder / 23) && isLetter(values[19], of: remainder % 23))
  }

  /// Referencia catastral: twenty characters, the last two letters computed from each half and the property's number.
  ///
  /// - Source: Dirección General del Catastro; python-stdnum `es.referenciacatastral`.
  static func cadastralReference(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 20 else { return .refuted }
    let weights = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1]
    func holds(_ half: ArraySlice<Int>, _ check: Int) -> Bool {
      // Ñ stands between N and O in Spain's alphabet.
      let ranks = (half + values[14..<18]).map { $0 < 10 ? $0 : $0 < 24 ? $0 - 9 : $0 - 8 }
      return EuropeanNumber.index(check, in: "MQWERTYUIOPASDFGHJKLBZX") == CheckDigits.weighted(ranks, weights) % 23
    }
    return Validator.Verdict(holds(values[0..<7], values[18]) && holds(values[7..<14], values[19]))
  }
}
