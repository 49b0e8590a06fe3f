/// Luxembourg's numbers.
enum Luxembourg {
  /// VAT number: six digits and those modulo 89.
  ///
  /// - Source: python-stdnum `lu.tva`.
  static func tva(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8, after: "LU") { digits in
      EuropeanNumber.part(digits, 0, 6) % 89 == EuropeanNumber.part(digits, 6, 2)
    }
  }

  /// Numéro d'identification national of a person: the date of birth, three digits, Luhn's check digit and Verhoeff's,
  /// both over the first eleven.
  ///
  /// - Source: Règlement grand-ducal du 28 novembre 2013, article 1.
  static func nationalNumber(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13) { digits in
      let body = Array(digits.prefix(11))
      return CheckDigits.luhn(body + [digits[11]]) && CheckDigits.verhoeff(body + [digits[12]])
        && CalendarDate.exists(
          year: EuropeanNumber.part(digits, 0, 4), month: EuropeanNumber.part(digits, 4, 2),
          day: EuropeanNumber.part(digits, 6, 2))
    }
  }
}
