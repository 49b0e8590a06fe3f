/// The Netherlands' numbers.
enum Netherlands {
  /// The eleven-test: nine digits weighted 9 to 2, the last less once.
  private static func remainder(_ digits: some Sequence<Int>) -> Int {
    let remainder = CheckDigits.weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11
    return remainder < 0 ? remainder + 11 : remainder
  }

  private static func isBSN(_ digits: some Collection<Int>) -> Bool {
    digits.count == 9 && digits.contains { $0 > 0 } && remainder(digits) == 0
  }

  /// Burgerservicenummer: nine digits (a leading zero may lack) and the eleven-test.
  ///
  /// We differ from python-stdnum `nl.bsn`, which fills up numbers however short.
  static func bsn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard var digits = IdentifierText.digits(text) else { return .refuted }
    if digits.count == 8 { digits.insert(0, at: 0) }
    return Validator.Verdict(isBSN(digits))
  }

  /// Onderwijsnummer, of pupils without a BSN: it begins with 10 and leaves 5 in the eleven-test.
  ///
  /// - Source: python-stdnum `nl.onderwijsnummer`.
  static func onderwijsnummer(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9) { $0.starts(with: [1, 0]) && remainder($0) == 5 }
  }

  /// VAT number: nine digits, `B`, two digits. Either the eleven-test holds for the digits, or MOD 97-10 for all of it
  /// with `NL` (sole traders since 2020).
  ///
  /// - Source: Belastingdienst, "Btw-identificatienummer"; python-stdnum `nl.btw`. Zeros at the front may be
  ///   left away.
  static func btw(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let written = EuropeanNumber.values(text, after: "NL"), (10...12).contains(written.count) else {
      return .refuted
    }
    let values = Array(repeating: 0, count: 12 - written.count) + written
    guard values[9] == 11 else { return .refuted }
    let digits = values.prefix(9)
    guard digits.allSatisfy({ $0 < 10 }), digits.contains(where: { $0 > 0 }), values[10] < 10, values[11] < 10,
      values[10] + values[11] > 0
    else { return .refuted }
    return Validator.Verdict(isBSN(digits) || CheckDigits.mod97([23, 21] + values) == 1)
  }

  /// Identity card or passport: two letters, six letters or digits, a digit, and nowhere the letter `O`.
  ///
  /// - Source: RvIG; python-stdnum `nl.identiteitskaartnummer`.
  static func identityDocument(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 9 else { return .refuted }
    return Validator.Verdict(values[0] > 9 && values[1] > 9 && values[8] < 10 && !values.contains(24))
  }
}
