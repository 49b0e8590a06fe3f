/// Denmark's numbers.
enum Denmark {
  /// CPR number: the date of birth, four digits of which the first tells the century. Modulo 11 need not hold.
  ///
  /// We differ from python-stdnum `dk.cpr`, which asks the clock and refuses those who are yet to be born.
  static func cpr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10) { digits in
      let year = EuropeanNumber.part(digits, 4, 2)
      let century = century(year, digits[6])
      return CalendarDate.exists(
        year: century + year, month: EuropeanNumber.part(digits, 2, 2), day: EuropeanNumber.part(digits, 0, 2))
    }
  }

  private static func century(_ year: Int, _ mark: Int) -> Int {
    switch mark {
    case 5...8: year >= 58 ? 1800 : 2000
    case 0...3: 1900
    default: year >= 37 ? 1900 : 2000
    }
  }

  /// CVR and VAT number: eight digits, weighted modulo 11.
  ///
  /// - Source: Erhvervsstyrelsen; python-stdnum `dk.cvr`.
  static func cvr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8, after: "DK") { digits in
      digits[0] != 0 && CheckDigits.weighted(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    }
  }
}
