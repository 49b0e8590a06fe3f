/// Cyprus's numbers.
enum Cyprus {
  /// VAT number and tax identification code: eight digits, not beginning with 12, and a check letter.
  ///
  /// - Source: python-stdnum `cy.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = EuropeanNumber.values(text, after: "CY"), values.count == 9, let check = values.last,
      values.dropLast().allSatisfy({ $0 < 10 }), !values.starts(with: [1, 2])
    else { return .refuted }
    let translated = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]
    let sum = values.dropLast().enumerated().reduce(0) { sum, item in
      sum + (item.offset % 2 == 0 ? translated[item.element] : item.element)
    }
    return Validator.Verdict(check == 10 + sum % 26)
  }
}
