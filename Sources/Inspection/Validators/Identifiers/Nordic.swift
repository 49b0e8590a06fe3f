/// Norway's and Iceland's numbers.
enum Norway {
  /// Fødselsnummer and D-number: the date of birth (the day 40 more for a D-number), three digits that tell the
  /// century, two check digits.
  ///
  /// We differ from python-stdnum `no.fodselsnummer`, which asks the clock and refuses those who are yet to be born.
  static func fodselsnummer(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      CheckDigits.weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0
        && CheckDigits.weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0 && isDate(digits)
    }
  }

  private static func isDate(_ digits: [Int]) -> Bool {
    let day = EuropeanNumber.part(digits, 0, 2)
    let month = EuropeanNumber.part(digits, 2, 2)
    let year = EuropeanNumber.part(digits, 4, 2)
    guard day < 80, let century = century(year, EuropeanNumber.part(digits, 6, 3)) else { return false }
    // Synthetic numbers for tests have 40 added to the month.
    return CalendarDate.exists(
      year: century + year, month: month > 40 ? month - 40 : month, day: day > 40 ? day - 40 : day)
  }

  private static func century(_ year: Int, _ individual: Int) -> Int? {
    switch individual {
    case ..<500: 1900
    case ..<750 where year >= 54: 1800
    case _ where year < 40: 2000
    case 900...: 1900
    default: nil
    }
  }

  /// Organisasjonsnummer: nine digits, weighted modulo 11.
  ///
  /// - Source: Brønnøysundregistrene, "Organisasjonsnummeret"; python-stdnum `no.orgnr`.
  static func orgnr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9, isOrganisation)
  }

  private static func isOrganisation(_ digits: [Int]) -> Bool {
    digits.count == 9 && digits.allSatisfy { $0 < 10 }
      && CheckDigits.weighted(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
  }

  /// VAT number: the organisasjonsnummer and `MVA`.
  ///
  /// - Source: python-stdnum `no.mva`.
  static func mva(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = EuropeanNumber.values(text, after: "NO"), values.suffix(3).elementsEqual([22, 31, 10]) else {
      return .refuted
    }
    return Validator.Verdict(isOrganisation(Array(values.dropLast(3))))
  }
}

/// Iceland's numbers.
enum Iceland {
  /// Kennitala: the date of birth (the day 40 more for organisations), two digits, a check digit, the century's digit.
  ///
  /// - Source: Registers Iceland, "About ID numbers"; python-stdnum `is_.kennitala`.
  static func kennitala(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10) { digits in
      guard digits[9] == 0 || digits[9] == 9, digits[0] < 8 else { return false }
      let day = EuropeanNumber.part(digits, 0, 2)
      let isDate = CalendarDate.exists(
        year: (digits[9] == 9 ? 1900 : 2000) + EuropeanNumber.part(digits, 4, 2),
        month: EuropeanNumber.part(digits, 2, 2), day: day >= 40 ? day - 40 : day)
      return isDate && CheckDigits.weighted(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    }
  }
}
