/// The numbers of Albania and of the states that were Yugoslavia.
enum Balkans {
  /// JMBG (EMŠO, EMBG): the date of birth with three digits of the year, the region, a serial, a check digit modulo 11.
  /// The region tells today's state; that is the patterns' business.
  ///
  /// - Source: python-stdnum `si.emso`.
  static func jmbg(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13) { digits in
      let short = EuropeanNumber.part(digits, 4, 3)
      return isModulo11(digits)
        && CalendarDate.exists(
          year: (short < 800 ? 2000 : 1000) + short, month: EuropeanNumber.part(digits, 2, 2),
          day: EuropeanNumber.part(digits, 0, 2))
    }
  }

  /// The negated sum modulo 11, 0 for 10.
  private static func isModulo11(_ digits: [Int]) -> Bool {
    let sum = CheckDigits.weighted(digits, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
    return (11 - sum % 11) % 11 % 10 == digits[12]
  }

  /// North Macedonia's EDB (VAT number): thirteen digits with the JMBG's check digit.
  ///
  /// - Source: python-stdnum `mk.edb`.
  static func edb(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13, after: "MK", isModulo11)
  }

  /// Croatia's OIB, with `HR` the VAT number, and Serbia's PIB: ISO/IEC 7064 MOD 11,10.
  ///
  /// - Source: Zakon o osobnom identifikacijskom broju; python-stdnum `hr.oib`.
  static func oib(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11, after: "HR", CheckDigits.iso7064Mod11And10)
  }

  /// - Source: python-stdnum `rs.pib`.
  static func serbianPIB(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9, CheckDigits.iso7064Mod11And10)
  }

  /// Montenegro's PIB: eight digits, the negated sum modulo 11, 0 for 10.
  ///
  /// - Source: python-stdnum `me.pib`.
  static func montenegrinPIB(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8) { digits in
      (11 - CheckDigits.weighted(digits, [8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == digits[7]
    }
  }

  /// Slovenia's davčna številka, with `SI` the VAT number: eight digits modulo 11; what leaves nothing is never given.
  ///
  /// - Source: python-stdnum `si.ddv`.
  static func sloveneTaxNumber(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8, after: "SI") { digits in
      let check = 11 - CheckDigits.weighted(digits, [8, 7, 6, 5, 4, 3, 2]) % 11
      return digits[0] != 0 && (check == 10 ? 0 : check) == digits[7]
    }
  }

  /// Slovenia's matična številka: six digits and a check digit, perhaps three characters of the unit.
  ///
  /// - Source: python-stdnum `si.maticna`.
  static func sloveneCompany(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 7 || values.count == 10,
      values.prefix(7).allSatisfy({ $0 < 10 }), values.dropFirst(8).allSatisfy({ $0 < 10 })
    else { return .refuted }
    let remainder = CheckDigits.weighted(values, [7, 6, 5, 4, 3, 2]) % 11
    return Validator.Verdict(remainder != 0 && (11 - remainder) % 10 == values[6])
  }

  /// Albania's NIPT (NUIS): a letter to `M`, eight digits, a check letter by a rule that is not published.
  ///
  /// - Source: python-stdnum `al.nipt`.
  static func nipt(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = EuropeanNumber.values(text, after: "AL"), values.count == 10 else { return .refuted }
    let isShape = values[1..<9].allSatisfy { $0 < 10 } && values[9] > 9
    return Validator.Verdict(isShape && (10...22).contains(values[0]))
  }

  /// Albania's personal number: a letter for the decade (or a digit, before 1900), the year's digit, month (50 more for
  /// women), day, a serial, a check letter by a rule that is not published.
  ///
  /// - Source: OECD, "Albania – Information on Tax Identification Numbers".
  static func albanianPerson(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 10, values[1..<9].allSatisfy({ $0 < 10 }),
      values[9] > 9, values[0] < 30
    else { return .refuted }
    let month = EuropeanNumber.part(values, 2, 2)
    return Validator.Verdict(
      CalendarDate.exists(year: 2000, month: month > 50 ? month - 50 : month, day: EuropeanNumber.part(values, 4, 2)))
  }
}
