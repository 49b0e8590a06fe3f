/// Belarus's and Moldova's numbers.
enum Belarus {
  /// UNP: nine digits, or two letters (those that Latin and Cyrillic share) and seven digits; modulo 11, never 10.
  ///
  /// - Source: python-stdnum `by.unp`, which takes Cyrillic letters too.
  static func unp(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard var values = IdentifierText.values(text), values.count == 9,
      values.dropFirst(2).allSatisfy({ $0 < 10 }), EuropeanNumber.index(values[0], in: "1234567ABCEHKM") != nil
    else { return .refuted }
    let isLetters = values[0] > 9
    if isLetters {
      guard let rank = EuropeanNumber.index(values[1], in: "ABCEHKMOPT") else { return .refuted }
      values[1] = rank
    }
    guard values[1] < 10 else { return .refuted }
    return Validator.Verdict(CheckDigits.weighted(values, [29, 23, 19, 17, 13, 7, 5, 3]) % 11 == values[8])
  }

  /// Personal number: sex and century, the date of birth, the region's letter, a serial, the citizenship's letters, a
  /// check digit with the weights 7, 3, 1.
  ///
  /// - Source: ICAO Doc 9303-3 §4.9 for the weights; Decree 413 of 2008 on identity documents.
  static func personalNumber(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 14, (1...6).contains(values[0]),
      values[1..<7].allSatisfy({ $0 < 10 }), values[7] > 9, values[8..<11].allSatisfy({ $0 < 10 }), values[11] > 9,
      values[12] > 9
    else { return .refuted }
    let year = 1800 + (values[0] - 1) / 2 * 100 + EuropeanNumber.part(values, 5, 2)
    let isDate = CalendarDate.exists(
      year: year, month: EuropeanNumber.part(values, 3, 2), day: EuropeanNumber.part(values, 1, 2))
    return Validator.Verdict(isDate && EuropeanNumber.sum731(values.dropLast()) == values[13])
  }

  /// Moldova's IDNP of persons and IDNO of companies: twelve digits and a check digit with the weights 7, 3, 1.
  ///
  /// - Source: python-stdnum `md.idno`.
  static func moldova(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13) { EuropeanNumber.sum731($0.dropLast()) == $0[12] }
  }
}
