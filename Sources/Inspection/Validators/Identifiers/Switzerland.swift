/// Switzerland's and Liechtenstein's numbers.
enum Switzerland {
  /// Old-age and survivors' insurance number (AHV, AVS): `756`, nine digits, the check digit of an EAN-13.
  ///
  /// - Source: Central Compensation Office ZAS, "Die AHV-Nummer"; python-stdnum `ch.ssn`.
  static func ssn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 13) { digits in
      let sum = CheckDigits.weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1])
      return digits.starts(with: [7, 5, 6]) && sum % 10 == 0
    }
  }

  /// Enterprise identification number: `CHE`, eight digits, a check digit modulo 11 that is never 10.
  ///
  /// - Source: Federal Statistical Office, UID register; python-stdnum `ch.uid`.
  static func uid(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9, after: "CHE") { digits in
      CheckDigits.weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 1]) % 11 == 0
    }
  }

  /// Liechtenstein's Personenidentifikationsnummer: four to twelve digits, leading zeros not counted.
  ///
  /// - Source: python-stdnum `li.peid`.
  static func peid(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text) else { return .refuted }
    return Validator.Verdict((4...12).contains(digits.drop { $0 == 0 }.count))
  }
}
