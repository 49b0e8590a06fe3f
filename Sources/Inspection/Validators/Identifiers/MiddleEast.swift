/// Identifiers of Israel, the countries of the Gulf, and Iran.
enum MiddleEast {
  /// Israel's identity number: up to nine digits by Luhn.
  ///
  /// - Source: Population and Immigration Authority; as python-stdnum `il.idnr`.
  static func israelIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), (1...9).contains(digits.count),
      IdentifierText.number(digits) > 0
    else { return .refuted }
    return .init(CheckDigits.luhn([0] + digits))
  }

  /// Israel's company number: the same from 5.
  ///
  /// - Source: Registrar of Companies; as python-stdnum `il.hp`.
  static func israelFirm(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9), digits[0] == 5 else { return .refuted }
    return .init(CheckDigits.luhn(digits))
  }

  /// Saudi Arabia's identity (1) and residence (2) numbers: ten digits by Luhn.
  ///
  /// - Source: the first digit: Council of Health Insurance, NPHIES, Patient profile; the check digit is not published
  ///   by the state, but implemented widely.
  static func saudiIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10), digits[0] == 1 || digits[0] == 2 else {
      return .refuted
    }
    return .init(CheckDigits.luhn(digits))
  }

  /// Emirates identity: 784, year of birth, seven digits, Luhn.
  ///
  /// - Source: Federal Authority for Identity; as idnumbers `are.EmiratesIDNumber`.
  static func emiratesIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 15), digits.starts(with: [7, 8, 4]),
      (1850...2099).contains(IdentifierText.number(digits[3..<7]))
    else { return .refuted }
    return .init(CheckDigits.luhn(digits))
  }

  /// Kuwait's civil number: century (2, 3), date of birth, serial, check digit modulo 11.
  ///
  /// - Source: Public Authority for Civil Information; as idnumbers `kwt.CivilNumber`.
  static func kuwaitIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12), digits[0] == 2 || digits[0] == 3 else {
      return .refuted
    }
    let exists = CalendarDate.exists(
      year: 1700 + digits[0] * 100 + IdentifierText.number(digits[1..<3]),
      month: IdentifierText.number(digits[3..<5]), day: IdentifierText.number(digits[5..<7]))
    let sum = CheckDigits.weighted(digits[..<11], [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
    return .init(exists && 11 - sum % 11 == digits[11])
  }

  /// Bahrain's personal number: year and month of birth, four digits, a check digit whose rule is not public.
  ///
  /// - Source: Information & eGovernment Authority; as idnumbers `bhr.PersonalNumber`.
  static func bahrainIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    return .init((1...12).contains(IdentifierText.number(digits[2..<4])))
  }

  /// Iran's code melli: weights 10 to 2, modulo 11; a remainder below two stands itself.
  ///
  /// - Source: National Organization for Civil Registration; as idnumbers `irn.NationalID`.
  static func iranIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10), !IdentifierText.areOneDigit(digits) else {
      return .refuted
    }
    let rest = CheckDigits.weighted(digits[..<9], Array((2...10).reversed())) % 11
    return .init((rest < 2 ? rest : 11 - rest) == digits[9])
  }

  /// Iran's number of legal persons: the tenth digit and two are added to each digit, weights 29, 27, 23, 19, 17 twice.
  ///
  /// - Source: State Organization for Registration of Deeds; as persian-tools `verifyIranianLegalId`.
  static func iranFirm(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11), IdentifierText.number(digits[3..<9]) != 0 else {
      return .refuted
    }
    let addend = digits[9] + 2
    let raised = digits[..<10].map { $0 + addend }
    let rest = CheckDigits.weighted(raised, [29, 27, 23, 19, 17, 29, 27, 23, 19, 17]) % 11
    return .init(rest % 10 == digits[10])
  }
}
