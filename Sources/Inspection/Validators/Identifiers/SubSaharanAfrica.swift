/// Identifiers of Kenya, Ghana, Senegal, Guinea, Mozambique, Mauritius, Tanzania and Zimbabwe.
enum SubSaharanAfrica {
  /// Kenya's PIN: A (people) or P (others), nine digits, a letter.
  ///
  /// - Source: Kenya Revenue Authority; as python-stdnum `ke.pin`.
  static func kenyaTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 11) else { return .refuted }
    let hasKind = values[0] == IdentifierText.value("A") || values[0] == IdentifierText.value("P")
    return .init(hasKind && IdentifierText.areDigits(values[1..<10]) && values[10] > 9)
  }

  /// Ghana's TIN: kind, 00, seven digits, a check digit modulo 11.
  ///
  /// - Source: Ghana Revenue Authority, by OECD, "Ghana – Tax identification numbers"; as python-stdnum `gh.tin`.
  static func ghanaTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 11),
      IdentifierText.values(of: "PCGQV").contains(values[0]), values[1] == 0, values[2] == 0,
      IdentifierText.areDigits(values[3..<10])
    else { return .refuted }
    let rest = CheckDigits.weighted(values[1..<10], Array(1...9)) % 11
    return .init(values[10] == (rest == 10 ? IdentifierText.value("X") : rest))
  }

  /// Senegal's NINEA: seven or nine digits modulo 10, and perhaps the three characters of the COFI.
  ///
  /// - Source: ANSD; as python-stdnum `sn.ninea`.
  static func senegalFirm(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    let digits = Array(values.count > 9 ? values.dropLast(3) : values[...])
    guard digits.count == 7 || digits.count == 9, IdentifierText.areDigits(digits) else { return .refuted }
    if values.count > 9 {
      let code = Array(values.suffix(3))
      let centres = IdentifierText.values(of: "ABCDEFGHJKLMNPQRSTUVWZ")
      guard code[0] < 3, centres.contains(code[1]), code[2] < 10 else { return .refuted }
    }
    let padded = digits.count == 7 ? [0, 0] + digits : digits
    return .init(CheckDigits.weighted(padded, [1, 2, 1, 2, 1, 2, 1, 2, 1]) % 10 == 0)
  }

  /// Guinea's NIFp: nine digits by Luhn.
  ///
  /// - Source: Direction générale des impôts, "Cahier de charges NIFp"; as python-stdnum `gn.nifp`.
  static func guineaTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    return .init(CheckDigits.luhn(digits))
  }

  /// Mozambique's NUIT: weights 8, 9, 4 … 9, modulo 11; where that gives ten, 1.
  ///
  /// - Source: Autoridade Tributária; as python-stdnum `mz.nuit`.
  static func mozambiqueTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    let rest = CheckDigits.weighted(digits[..<8], [8, 9, 4, 5, 6, 7, 8, 9]) % 11
    return .init((rest == 10 ? 1 : rest) == digits[8])
  }

  /// Mauritius's NID: initial of the surname, date of birth, serial, a check character modulo 17.
  ///
  /// - Source: Mauritius National Identity Scheme; as python-stdnum `mu.nid`.
  static func mauritiusIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 14), values[0] > 9, IdentifierText.areDigits(values[1..<13])
    else { return .refuted }
    let sum = CheckDigits.weighted(values[..<13], Array((2...14).reversed()))
    let exists = CalendarDate.exists(
      year: 2000 + IdentifierText.number(values[5..<7]), month: IdentifierText.number(values[3..<5]),
      day: IdentifierText.number(values[1..<3]))
    return .init(exists && (17 - sum % 17) % 17 == values[13])
  }

  /// Tanzania's NIN: date of birth, postcode, serial, two more digits whose rule is not public.
  ///
  /// - Source: National Identification Authority.
  static func tanzaniaIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 20) else { return .refuted }
    let year = IdentifierText.number(digits[..<4])
    let exists = CalendarDate.exists(
      year: year, month: IdentifierText.number(digits[4..<6]), day: IdentifierText.number(digits[6..<8]))
    return .init(exists && (1900...2099).contains(year))
  }

  /// Zimbabwe's number: district, serial, a letter (the digits modulo 23), district of origin.
  ///
  /// - Source: Registrar General, by Pachedu, "Zimbabwe 2018 Biometric Voters' Roll Analysis", app. 2; as idnumbers
  ///   `zwe.NationalID`, which also knows the districts.
  static func zimbabweIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 11 || values.count == 12 else { return .refuted }
    let letter = values.count - 3
    guard IdentifierText.areDigits(values[..<letter]), IdentifierText.areDigits(values[(letter + 1)...]) else {
      return .refuted
    }
    let letters = IdentifierText.values(of: "ZABCDEFGHJKLMNPQRSTVWXY")
    return .init(letters[IdentifierText.number(values[..<letter]) % 23] == values[letter])
  }
}
