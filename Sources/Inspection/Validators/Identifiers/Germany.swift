/// Germany's numbers.
enum Germany {
  /// Umsatzsteuer-Identifikationsnummer: ISO/IEC 7064 MOD 11,10 over nine digits.
  ///
  /// - Source: python-stdnum `de.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9, after: "DE") { digits in
      digits[0] != 0 && CheckDigits.iso7064Mod11And10(digits)
    }
  }

  /// Steuerliche Identifikationsnummer: of the first ten digits exactly one occurs twice or thrice; MOD 11,10.
  ///
  /// - Source: §139b AO, Federal Central Tax Office; python-stdnum `de.idnr`.
  static func idnr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      var counts = Array(repeating: 0, count: 10)
      for digit in digits.dropLast() { counts[digit] += 1 }
      let repeated = counts.filter { $0 > 1 }
      guard let count = repeated.first, repeated.count == 1, count < 4 else { return false }
      return digits[0] != 0 && CheckDigits.iso7064Mod11And10(digits)
    }
  }

  /// Steuernummer: the states' own forms of ten and eleven digits, or the federal one of thirteen, which begins with
  /// the state and has a zero in the fifth place. Its check digit has another rule in each state and is not looked at.
  ///
  /// - Source: ELSTER, "Aufbau der Steuernummer"; python-stdnum `de.stnr`.
  static func stnr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text) else { return .refuted }
    if digits.count == 10 || digits.count == 11 { return .confirmed }
    let states: Set<Int> = [10, 11, 21, 22, 23, 24, 26, 27, 28, 30, 31, 32, 40, 41]
    guard digits.count == 13, digits[4] == 0 else { return .refuted }
    let isState = digits[0] == 9 || digits[0] == 5 || states.contains(EuropeanNumber.part(digits, 0, 2))
    return Validator.Verdict(isState)
  }

  /// Rentenversicherungsnummer: area, date of birth, initial, serial, check digit. The letter counts as two digits.
  ///
  /// - Source: Verordnung über die Versicherungsnummer (VKVV) §2, annex.
  static func svnr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 12, values[8] > 9 else { return .refuted }
    let letter = values[8] - 9
    let digits = Array(values[..<8]) + [letter / 10, letter % 10] + Array(values[9...])
    guard digits.allSatisfy({ $0 < 10 }) else { return .refuted }
    // Where a day has more births than serials, 50 is added to it.
    let day = EuropeanNumber.part(digits, 2, 2) % 50
    let isDate = CalendarDate.exists(
      shortYear: EuropeanNumber.part(digits, 6, 2), month: EuropeanNumber.part(digits, 4, 2), day: day)
    let sum = EuropeanNumber.digitSums(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])
    return Validator.Verdict(isDate && sum % 10 == digits[12])
  }

  /// Krankenversichertennummer: a letter, eight digits, a check digit like Luhn's, the letter as two digits.
  ///
  /// - Source: GKV-Spitzenverband, "Richtlinie KV-Nummer" (§290 SGB V), annex.
  static func kvnr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 10, values[0] > 9,
      values.dropFirst().allSatisfy({ $0 < 10 })
    else { return .refuted }
    let letter = values[0] - 9
    let digits = [letter / 10, letter % 10] + Array(values[1...])
    let sum = EuropeanNumber.digitSums(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
    return Validator.Verdict(sum % 10 == digits[10])
  }

  /// Identity card or passport: nine characters, and where there is a tenth, a check digit with the weights 7, 3, 1.
  ///
  /// - Source: ICAO Doc 9303-3 §4.9; Federal Ministry of the Interior, "Seriennummer".
  static func identityDocument(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.contains(where: { $0 < 10 }) else { return .refuted }
    if values.count == 9 { return .confirmed }
    return Validator.Verdict(values.count == 10 && EuropeanNumber.sum731(values.prefix(9)) == values[9])
  }

  /// Driving licence: nine characters weighted 9 to 1, their sum modulo 11 (`X` for 10), a character of the issue.
  ///
  /// - Source: Federal Motor Transport Authority KBA, "Führerscheinnummer".
  static func drivingLicence(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 11 else { return .refuted }
    let sum = CheckDigits.weighted(values, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11
    return Validator.Verdict(values[9] == (sum == 10 ? 33 : sum))
  }

  /// Lebenslange Arztnummer: six digits, a check digit with the weights 4 and 9, two digits of the specialty.
  ///
  /// - Source: KBV, "Richtlinie nach §75 Abs. 7 SGB V zur Vergabe der Arzt-, Betriebsstätten- … nummern".
  static func lanr(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9) { digits in
      (CheckDigits.weighted(digits, [4, 9, 4, 9, 4, 9]) + digits[6]) % 10 == 0
    }
  }
}
