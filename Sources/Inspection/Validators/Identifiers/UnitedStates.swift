/// Identifiers of the United States.
enum UnitedStates {
  /// Social security number: area, group, serial.
  ///
  /// - Source: SSA, "Social Security Number Randomization" (no area 000, 666, 9xx; no group 00; no serial 0000);
  ///   the three numbers are known to everybody from print and were taken out of use.
  static func ssn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    let area = IdentifierText.number(digits[..<3])
    let isAssignable = area != 0 && area != 666 && area < 900
    let hasGroup = IdentifierText.number(digits[3..<5]) != 0
    let hasSerial = IdentifierText.number(digits[5...]) != 0
    let published = [078_051_120, 219_099_999, 457_555_462]
    return .init(isAssignable && hasGroup && hasSerial && !published.contains(IdentifierText.number(digits)))
  }

  /// Individual taxpayer identification number: 9, and a group of the IRS's list.
  ///
  /// stdnum knows 70 to 99 only; since 2011 groups from 50 are given out as well.
  ///
  /// - Source: IRS, Internal Revenue Manual 3.21.263, "IRS Individual Taxpayer Identification Number".
  static func itin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9), digits[0] == 9 else { return .refuted }
    switch IdentifierText.number(digits[3..<5]) {
    case 50...65, 70...88, 90...92, 94...99: return .confirmed
    default: return .refuted
    }
  }

  /// Employer identification number: the first two digits name the campus that assigned it.
  ///
  /// - Source: IRS, "How EINs are assigned and valid EIN prefixes".
  static func ein(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    let unassigned: Set = [0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97]
    return .init(!unassigned.contains(IdentifierText.number(digits[..<2])))
  }

  /// National provider identifier: Luhn, after the issuer 80840 that is not written.
  ///
  /// - Source: CMS, "Requirements for National Provider Identifier (NPI) and NPI Check Digit".
  static func npi(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10), digits[0] == 1 || digits[0] == 2 else {
      return .refuted
    }
    return .init(CheckDigits.luhn([8, 0, 8, 4, 0] + digits))
  }

  /// DEA registration number: registrant type, initial or 9, six digits, check digit.
  ///
  /// - Source: 21 CFR 1301; the check as in Wikipedia, "DEA number".
  static func dea(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 9), IdentifierText.areDigits(values[2...]) else {
      return .refuted
    }
    let types = IdentifierText.values(of: "ABCDEFGHJKLMPRSTUX")
    guard types.contains(values[0]), values[1] == 9 || values[1] > 9 else { return .refuted }
    let sum = CheckDigits.weighted(values[2..<8], [1, 2, 1, 2, 1, 2])
    return .init(sum % 10 == values[8])
  }
}
