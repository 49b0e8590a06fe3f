/// Ukraine's numbers.
enum Ukraine {
  /// RNOKPP, the taxpayer's card: the days since 1900 at birth, a serial, a check digit modulo 11.
  ///
  /// - Source: python-stdnum `ua.rntrc`.
  static func rntrc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10) { digits in
      let sum = CheckDigits.weighted(digits, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11
      return (sum < 0 ? sum + 11 : sum) % 10 == digits[9]
    }
  }

  /// EDRPOU of companies: eight digits, a check digit of two rounds whose weights depend on the first digit.
  ///
  /// - Source: python-stdnum `ua.edrpou`.
  static func edrpou(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8) { digits in
      let weights = (3...5).contains(digits[0]) ? [7, 1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7]
      let first = CheckDigits.weighted(digits, weights) % 11
      let second = CheckDigits.weighted(digits, weights.map { $0 + 2 }) % 11 % 10
      return (first < 10 ? first : second) == digits[7]
    }
  }

  /// UNZR: the date of birth, a serial, a check digit with the weights 7, 3, 1.
  ///
  /// - Source: Cabinet of Ministers, Resolution 784 of 2017; ICAO Doc 9303-3 §4.9.
  static func unzr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13) { digits in
      EuropeanNumber.sum731(digits.dropLast()) == digits[12]
        && CalendarDate.exists(
          year: EuropeanNumber.part(digits, 0, 4), month: EuropeanNumber.part(digits, 4, 2),
          day: EuropeanNumber.part(digits, 6, 2))
    }
  }
}
