/// Finland's numbers.
enum Finland {
  /// Henkilötunnus: the date of birth, a sign of the century, a serial from 002, a character for the number modulo 31.
  /// Serials from 900 are given for a time only.
  ///
  /// - Source: Digital and Population Data Services Agency, "Personal identity code"; python-stdnum `fi.hetu`.
  static func hetu(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count == 11, let century = century(text[6]),
      let digits = IdentifierText.digits(UnsafeBufferPointer(rebasing: text[0..<6])), digits.count == 6,
      let tail = IdentifierText.values(UnsafeBufferPointer(rebasing: text[7..<11])), tail.count == 4,
      tail.dropLast().allSatisfy({ $0 < 10 })
    else { return .refuted }
    let serial = EuropeanNumber.part(tail, 0, 3)
    let isDate = CalendarDate.exists(
      year: century + EuropeanNumber.part(digits, 4, 2), month: EuropeanNumber.part(digits, 2, 2),
      day: EuropeanNumber.part(digits, 0, 2))
    let number = IdentifierText.number(digits) * 1000 + serial
    let check = EuropeanNumber.index(tail[3], in: "0123456789ABCDEFHJKLMNPRSTUVWXY")
    return Validator.Verdict(isDate && (2...899).contains(serial) && check == number % 31)
  }

  private static func century(_ sign: UInt8) -> Int? {
    switch sign {
    case UInt8(ascii: "+"): 1800
    case UInt8(ascii: "-"), 0x55...0x59, 0x75...0x79: 1900
    case 0x41...0x46, 0x61...0x66: 2000
    default: nil
    }
  }

  /// Y-tunnus and VAT number: eight digits, weighted modulo 11.
  ///
  /// - Source: PRH and Tax Administration, "Business ID"; python-stdnum `fi.alv`, `fi.ytunnus`.
  static func alv(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8, after: "FI") { digits in
      CheckDigits.weighted(digits, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 == 0
    }
  }
}
