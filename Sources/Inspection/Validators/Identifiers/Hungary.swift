/// Hungary's numbers.
enum Hungary {
  /// Tax number: eight digits of which the last checks, with or without the kind of VAT and the county after them.
  ///
  /// - Source: 2017. évi CL. törvény; python-stdnum `hu.anum`, which knows the eight digits only.
  static func anum(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = EuropeanNumber.digits(text, after: "HU"), digits.count == 8 || digits.count == 11 else {
      return .refuted
    }
    guard CheckDigits.weighted(digits, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 == 0 else { return .refuted }
    return Validator.Verdict(digits.count == 8 || (1...5).contains(digits[8]))
  }

  /// TAJ-szám: eight digits with the weights 3 and 7, and those modulo 10.
  ///
  /// - Source: 1996. évi XX. törvény, annex.
  static func taj(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9) { digits in
      digits.contains { $0 > 0 } && CheckDigits.weighted(digits, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 == digits[8]
    }
  }

  /// Adóazonosító jel: `8`, the days since 1867 at birth, a serial, a check digit with the weights 1 to 9 modulo 11.
  ///
  /// - Source: 1996. évi XX. törvény, annex.
  static func taxpayer(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10) { digits in
      digits[0] == 8 && CheckDigits.weighted(digits, Array(1...9)) % 11 == digits[9]
    }
  }

  /// Személyi azonosító: sex and century, the date of birth, a serial, a check digit modulo 11; since 1997 the weights
  /// run the other way.
  ///
  /// - Source: 1996. évi XX. törvény, annex.
  static func personal(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      guard (1...4).contains(digits[0]) else { return false }
      let year = (digits[0] < 3 ? 1900 : 2000) + EuropeanNumber.part(digits, 1, 2)
      let weights = year < 1997 ? Array(1...10) : Array((1...10).reversed())
      return CalendarDate.exists(
        year: year, month: EuropeanNumber.part(digits, 3, 2), day: EuropeanNumber.part(digits, 5, 2))
        && CheckDigits.weighted(digits, weights) % 11 == digits[10]
    }
  }
}
