/// Austria's numbers.
enum Austria {
  /// Tax offices' numbers: the first two digits of an Abgabenkontonummer.
  private static let taxOffices: Set<Int> = [
    3, 4, 6, 7, 8, 9, 10, 12, 15, 16, 18, 22, 23, 29, 33, 38, 41, 46, 51, 52, 53, 54, 57, 59, 61, 65, 67, 68, 69,
    71, 72, 81, 82, 83, 84, 90, 91, 93, 97, 98,
  ]

  /// Umsatzsteuer-Identifikationsnummer: `U` and eight digits, the last 6 less Luhn's sum of the others.
  ///
  /// - Source: Federal Ministry of Finance, "Konstruktionsregeln UID-Nummern"; python-stdnum `at.uid`.
  static func uid(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = EuropeanNumber.values(text, after: "AT"), values.first == 30 else { return .refuted }
    let digits = values.dropFirst()
    guard digits.count == 8, digits.allSatisfy({ $0 < 10 }), let check = digits.last else { return .refuted }
    let sum = EuropeanNumber.digitSums(digits.dropLast(), [1, 2, 1, 2, 1, 2, 1])
    return Validator.Verdict((sum + check) % 10 == 6)
  }

  /// Versicherungsnummer: a serial of three digits, the check digit, the date of birth (whose month may be 13 and up).
  ///
  /// Where there is no such day, which the check digit does not ask for, it is doubtful.
  ///
  /// - Source: Dachverband der Sozialversicherungsträger; python-stdnum `at.vnr`.
  static func vnr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = EuropeanNumber.digits(text), digits.count == 10, digits[0] != 0,
      CheckDigits.weighted(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == digits[3]
    else { return .refuted }
    let isDay = (1...31).contains(EuropeanNumber.part(digits, 4, 2)) && EuropeanNumber.part(digits, 6, 2) < 20
    return isDay ? .confirmed : .doubtful
  }

  /// Abgabenkontonummer: the tax office and seven digits, with Luhn's check digit.
  ///
  /// - Source: python-stdnum `at.tin`.
  static func tin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9) { digits in
      CheckDigits.luhn(digits) && taxOffices.contains(EuropeanNumber.part(digits, 0, 2))
    }
  }
}
