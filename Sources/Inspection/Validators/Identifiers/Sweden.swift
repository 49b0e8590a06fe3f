/// Sweden's numbers.
enum Sweden {
  /// Personnummer: the date of birth, `-` or `+` (a hundred years or more), three digits, Luhn's check digit.
  ///
  /// - Source: Skatteverket, SKV 704; python-stdnum `se.personnummer`, which asks the clock for a short year's century.
  static func personnummer(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(isPerson(text, added: 0))
  }

  /// Samordningsnummer, of persons who are not registered: a personnummer with 60 added to the day.
  ///
  /// - Source: Skatteverket, SKV 707.
  static func samordningsnummer(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    Validator.Verdict(isPerson(text, added: 60))
  }

  private static func isPerson(_ text: UnsafeBufferPointer<UInt8>, added: Int) -> Bool {
    let bytes = text.filter { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    let all = bytes.prefix(13).map { Int($0) - 0x30 }
    guard all.allSatisfy({ (0...9).contains($0) }), all.count == 10 || all.count == 12 else { return false }
    let digits = Array(all.suffix(10))
    let year = EuropeanNumber.part(digits, 0, 2)
    let month = EuropeanNumber.part(digits, 2, 2)
    let day = EuropeanNumber.part(digits, 4, 2) - added
    let isDate =
      all.count == 12
      ? CalendarDate.exists(year: EuropeanNumber.part(all, 0, 4), month: month, day: day)
      : CalendarDate.exists(shortYear: year, month: month, day: day)
    return isDate && CheckDigits.luhn(digits)
  }

  /// Organisationsnummer: ten digits with Luhn's check digit.
  ///
  /// - Source: Bolagsverket, Skatteverket SKV 709; python-stdnum `se.orgnr`.
  static func orgnr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10, CheckDigits.luhn)
  }

  /// VAT number: the organisation's or the person's number and `01`.
  ///
  /// - Source: python-stdnum `se.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 12, after: "SE") { digits in
      digits.suffix(2).elementsEqual([0, 1]) && CheckDigits.luhn(Array(digits.prefix(10)))
    }
  }
}
