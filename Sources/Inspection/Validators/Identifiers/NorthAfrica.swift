/// Identifiers of Egypt, Morocco, Tunisia and Algeria.
enum NorthAfrica {
  /// Egypt's national number: century (2, 3), date of birth, governorate, serial; the check digit's rule is not public.
  ///
  /// - Source: Ministry of Interior, by Wikipedia, "Egyptian National Identity Card"; as idnumbers `egy`.
  static func egyptIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 14), digits[0] == 2 || digits[0] == 3 else {
      return .refuted
    }
    let governorates: Set = [
      1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 32, 33, 34, 35, 88,
    ]
    let exists = CalendarDate.exists(
      year: 1700 + digits[0] * 100 + IdentifierText.number(digits[1..<3]),
      month: IdentifierText.number(digits[3..<5]), day: IdentifierText.number(digits[5..<7]))
    return .init(exists && governorates.contains(IdentifierText.number(digits[7..<9])))
  }

  /// Egypt's tax registration: nine digits, no check digit.
  ///
  /// - Source: Egyptian Tax Authority; as python-stdnum `eg.tn`.
  static func egyptTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    .init(IdentifierText.digits(text, exactly: 9) != nil)
  }

  /// Morocco's ICE: nine digits for the firm, four for the establishment, divisible by 97.
  ///
  /// - Source: Office of the ICE, "Guide ICE"; as python-stdnum `ma.ice`.
  static func moroccoFirm(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 15) else { return .refuted }
    return .init(CheckDigits.mod97(digits) == 0)
  }

  /// Tunisia's matricule fiscal: seven digits, a key, and perhaps codes of the tax, the category and the establishment.
  ///
  /// - Source: Ministère des finances; as python-stdnum `tn.mf`.
  static func tunisiaTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let written = IdentifierText.values(text) else { return .refuted }
    let serial = written.prefix { $0 < 10 }.count
    guard (1...7).contains(serial) else { return .refuted }
    let rest = Array(written[serial...])
    let keys = IdentifierText.values(of: "ABCDEFGHJKLMNPQRSTVWXYZ")
    guard let key = rest.first, keys.contains(key) else { return .refuted }
    guard rest.count == 6 else { return .init(rest.count == 1) }
    let hasCodes =
      IdentifierText.values(of: "APBDN").contains(rest[1]) && IdentifierText.values(of: "MPCNE").contains(rest[2])
    guard hasCodes, IdentifierText.areDigits(rest[3...]) else { return .refuted }
    return .init(IdentifierText.number(rest[3...]) == 0 || rest[2] == IdentifierText.value("E"))
  }

  /// Algeria's NIF: fifteen or twenty digits, no check digit.
  ///
  /// - Source: Direction générale des impôts; as python-stdnum `dz.nif`.
  static func algeriaTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text) else { return .refuted }
    return .init(digits.count == 15 || digits.count == 20)
  }
}
