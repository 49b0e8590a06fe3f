/// Estonia's numbers.
enum Estonia {
  /// Isikukood: sex and century, the date of birth, a serial, a check digit of two rounds.
  ///
  /// - Source: EVS 585:2007; python-stdnum `ee.ik`.
  static func isikukood(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      isBirthDate(digits) && EuropeanNumber.balticCheck(digits.dropLast()) == digits[10]
    }
  }

  /// The first digit tells the century, 1 and 2 the nineteenth.
  static func isBirthDate(_ digits: [Int]) -> Bool {
    guard let first = digits.first, (1...8).contains(first) else { return false }
    return CalendarDate.exists(
      year: 1800 + (first - 1) / 2 * 100 + EuropeanNumber.part(digits, 1, 2), month: EuropeanNumber.part(digits, 3, 2),
      day: EuropeanNumber.part(digits, 5, 2))
  }

  /// VAT number: nine digits with the weights 3, 7, 1.
  ///
  /// - Source: python-stdnum `ee.kmkr`.
  static func kmkr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9, after: "EE") { digits in
      CheckDigits.weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0
    }
  }

  /// Registrikood: eight digits, the isikukood's check digit.
  ///
  /// - Source: python-stdnum `ee.registrikood`.
  static func registrikood(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8) { digits in
      [1, 7, 8, 9].contains(digits[0]) && EuropeanNumber.balticCheck(digits.dropLast()) == digits[7]
    }
  }
}

/// Latvia's numbers.
enum Latvia {
  /// VAT number: a legal person's registration number, or a natural person's code.
  ///
  /// - Source: python-stdnum `lv.pvn`.
  static func pvn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11, after: "LV") { digits in
      digits[0] > 3 ? isCompany(digits) : isPerson(digits)
    }
  }

  /// Registration number of a legal person.
  static func company(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11, isCompany)
  }

  /// Personas kods: the date of birth and the century, or 32 and nothing about the person.
  static func personalCode(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11, isPerson)
  }

  private static func isCompany(_ digits: [Int]) -> Bool {
    digits[0] > 3 && CheckDigits.weighted(digits, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
  }

  private static func isPerson(_ digits: [Int]) -> Bool {
    let isDate = CalendarDate.exists(
      year: 1800 + digits[6] * 100 + EuropeanNumber.part(digits, 4, 2), month: EuropeanNumber.part(digits, 2, 2),
      day: EuropeanNumber.part(digits, 0, 2))
    let sum = 1 + CheckDigits.weighted(digits, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])
    return digits[0] < 4 && (isDate || digits.starts(with: [3, 2])) && sum % 11 % 10 == digits[10]
  }
}

/// Lithuania's numbers.
enum Lithuania {
  /// Asmens kodas: as Estonia's; one that begins with 9 has no date.
  ///
  /// - Source: python-stdnum `lt.asmens`.
  static func asmens(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      (digits[0] == 9 || Estonia.isBirthDate(digits)) && EuropeanNumber.balticCheck(digits.dropLast()) == digits[10]
    }
  }

  /// VAT number: nine digits, or twelve, the last but one 1, the last a check digit of two rounds.
  ///
  /// - Source: python-stdnum `lt.pvm`.
  static func pvm(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = EuropeanNumber.digits(text, after: "LT"), digits.count == 9 || digits.count == 12 else {
      return .refuted
    }
    let body = digits.dropLast()
    return Validator.Verdict(body.last == 1 && EuropeanNumber.balticCheck(body) == digits[digits.count - 1])
  }

  /// Code of a legal person: nine digits, the last a check digit of two rounds.
  ///
  /// - Source: Nutarimas Nr. 1407 (2003), Registers of legal persons.
  static func company(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9) { EuropeanNumber.balticCheck($0.dropLast()) == $0[8] }
  }
}
