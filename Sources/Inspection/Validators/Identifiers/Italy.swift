/// Italy's and San Marino's numbers.
enum Italy {
  /// What a character in an odd place counts for: the first ten are digits' and the first ten letters' alike.
  private static let oddValues = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
  ]

  /// Codice fiscale of a person: surname, first name, year, month, day (40 more for women), place, check letter.
  /// Letters take the place of digits where two persons would have the same.
  ///
  /// - Source: Decreto Ministeriale 23/12/1976; python-stdnum `it.codicefiscale`.
  static func codiceFiscale(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    if values.count == 11 { return iva(text) }
    guard values.count == 16, values[0..<6].allSatisfy({ $0 > 9 }), values[11] > 9, values[15] > 9,
      let month = EuropeanNumber.index(values[8], in: "ABCDEHLMPRST"),
      let numbers = numbers(values, [6, 7, 9, 10, 12, 13, 14])
    else { return .refuted }
    let sum = values.dropLast().enumerated().reduce(0) { sum, item in
      let rank = item.element < 10 ? item.element : item.element - 10
      return sum + (item.offset % 2 == 0 ? oddValues[rank] : rank)
    }
    let year = numbers[0] * 10 + numbers[1]
    let isDate = CalendarDate.exists(
      year: year < 20 ? 2000 + year : 1900 + year, month: month + 1, day: (numbers[2] * 10 + numbers[3]) % 40)
    return Validator.Verdict(isDate && sum % 26 == values[15] - 10)
  }

  private static func numbers(_ values: [Int], _ places: [Int]) -> [Int]? {
    let numbers = places.compactMap { place in
      values[place] < 10 ? values[place] : EuropeanNumber.index(values[place], in: "LMNPQRSTUV")
    }
    return numbers.count == places.count ? numbers : nil
  }

  /// Partita IVA: seven digits, the province's office, Luhn's check digit.
  ///
  /// - Source: python-stdnum `it.iva`.
  static func iva(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11, after: "IT") { digits in
      let office = EuropeanNumber.part(digits, 7, 3)
      let isOffice = (1...100).contains(office) || [120, 121, 888, 999].contains(office)
      return isOffice && EuropeanNumber.part(digits, 0, 7) > 0 && CheckDigits.luhn(digits)
    }
  }

  /// The numbers of two digits and fewer that San Marino has given.
  private static let shortCodes: Set<Int> = [
    2, 4, 6, 7, 8, 9, 10, 11, 13, 16, 18, 19, 20, 21, 25, 26, 30, 32, 33, 35, 36, 37, 38, 39, 40, 42, 45, 47, 49, 51,
    52, 55, 56, 57, 58, 59, 61, 62, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 79, 80, 81, 84, 85, 87, 88, 91,
    92, 94, 95, 96, 97, 99,
  ]

  /// San Marino's codice operatore economico: up to five digits.
  ///
  /// - Source: python-stdnum `sm.coe`.
  static func sanMarino(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let all = IdentifierText.digits(text) else { return .refuted }
    let digits = all.drop { $0 == 0 }
    guard (1...5).contains(digits.count) else { return .refuted }
    return Validator.Verdict(digits.count > 2 || shortCodes.contains(IdentifierText.number(digits)))
  }
}
