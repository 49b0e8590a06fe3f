/// Identifiers of Pakistan, Sri Lanka, Kazakhstan, Uzbekistan and Azerbaijan.
enum SouthAndCentralAsia {
  /// Pakistan's CNIC: province 1 to 7, locality, family, sex; no check digit, the last digit is not 0.
  ///
  /// - Source: NADRA; as python-stdnum `pk.cnic`.
  static func pakistan(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13) else { return .refuted }
    return .init((1...7).contains(digits[0]) && digits[12] != 0)
  }

  /// Sri Lanka's NIC: year, day of the year (a woman's and 500), serial; the older ends in V or X.
  ///
  /// - Source: Department for Registration of Persons; the ranges as in idnumbers `lka`. The check digit is not public.
  static func sriLanka(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    switch values.count {
    case 10:
      let suffixes = IdentifierText.values(of: "VX")
      guard IdentifierText.areDigits(values[..<9]), suffixes.contains(values[9]) else { return .refuted }
      return .init(isDay(IdentifierText.number(values[2..<5])))
    case 12:
      guard IdentifierText.areDigits(values) else { return .refuted }
      let year = IdentifierText.number(values[..<4])
      return .init((1900...2099).contains(year) && isDay(IdentifierText.number(values[4..<7])))
    default: return .refuted
    }
  }

  private static func isDay(_ number: Int) -> Bool { (1...366).contains(number) || (501...866).contains(number) }

  /// Kazakhstan's IIN: date of birth, century and sex, serial, check digit modulo 11 with a second series of weights.
  ///
  /// - Source: OECD, "Kazakhstan – Tax identification numbers"; as idnumbers `kaz.IndividualIDNumber`.
  static func kazakhstanPerson(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12), (1...6).contains(digits[6]) else { return .refuted }
    let exists = CalendarDate.exists(
      year: 1800 + (digits[6] - 1) / 2 * 100 + IdentifierText.number(digits[..<2]),
      month: IdentifierText.number(digits[2..<4]), day: IdentifierText.number(digits[4..<6]))
    return .init(exists && hasKazakhCheck(digits))
  }

  /// Kazakhstan's BIN: year and month of registration, kind (4 to 6), division (0 to 3), serial, the same check digit.
  ///
  /// - Source: OECD, "Kazakhstan – Tax identification numbers"; as idnumbers `kaz.BusinessIDNumber`.
  static func kazakhstanFirm(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12), (4...6).contains(digits[4]), digits[5] < 4,
      (1...12).contains(IdentifierText.number(digits[2..<4]))
    else { return .refuted }
    return .init(hasKazakhCheck(digits))
  }

  private static func hasKazakhCheck(_ digits: [Int]) -> Bool {
    let first = CheckDigits.weighted(digits[..<11], Array(1...11)) % 11
    guard first == 10 else { return first == digits[11] }
    return CheckDigits.weighted(digits[..<11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11 == digits[11]
  }

  /// Uzbekistan's PINFL: century and sex, date of birth, district, serial; the check digit is left out.
  ///
  /// - Source: Resolution of the Cabinet of Ministers on the personal identification number (ПИНФЛ).
  static func uzbekistan(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 14), (1...6).contains(digits[0]) else { return .refuted }
    return .init(
      CalendarDate.exists(
        shortYear: IdentifierText.number(digits[5..<7]), month: IdentifierText.number(digits[3..<5]),
        day: IdentifierText.number(digits[1..<3])))
  }

  /// Azerbaijan's VÖEN: the region, six digits, a check digit modulo 11, 1 for legal persons or 2 for natural ones; a zero
  /// at the front may be left away.
  ///
  /// - Source: State Tax Service, in OECD, "Azerbaijan – Information on Tax Identification Numbers"; python-stdnum `az.voen`.
  static func azerbaijanTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let written = IdentifierText.digits(text), written.count == 9 || written.count == 10 else { return .refuted }
    let digits = written.count == 9 ? [0] + written : written
    let check = CheckDigits.weighted(digits, [4, 1, 8, 6, 2, 7, 5, 3]) % 11
    return .init(check == digits[8] && (1...2).contains(digits[9]))
  }
}
