/// Numbers of banks, accounts and payments within a country or a scheme.
enum BankNumbers {
  /// ISO 9362: four letters, the country, two of the place, three of the branch.
  static func bic(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 8 || values.count == 11,
      values.prefix(6).allSatisfy({ $0 > 9 })
    else { return .refuted }
    return Validator.Verdict(ISOCountry.exists(values[4], values[5]))
  }

  /// American Bankers Association: 3-7-1, and a first pair that is given to a Federal Reserve district, to thrifts, to
  /// electronic transactions, or to traveller's cheques.
  static func routingNumber(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 9, Set(digits).count > 1 else { return .refuted }
    let pair = IdentifierText.number(digits.prefix(2))
    let isGiven = (0...12).contains(pair) || (21...32).contains(pair) || (61...72).contains(pair) || pair == 80
    return Validator.Verdict(isGiven && CheckDigits.weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0)
  }

  /// Clave Bancaria Estandarizada: eighteen digits, 3-7-1 with each product modulo 10.
  static func clabe(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 18, Set(digits).count > 2 else { return .refuted }
    let products = zip(digits, (0..<17).map { [3, 7, 1][$0 % 3] }).map { $0 * $1 % 10 }
    return Validator.Verdict((products.reduce(0, +) + digits[17]) % 10 == 0)
  }

  /// Clave Bancaria Uniforme of Argentina: eight and fourteen digits, each with a check digit, 3-1-7-9 from the right.
  static func cbu(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 22, Set(digits).count > 2 else { return .refuted }
    let blocks = [digits.prefix(8), digits.suffix(14)]
    return Validator.Verdict(
      blocks.allSatisfy { block in
        let weights = (0..<block.count - 1).map { [3, 1, 7, 9][$0 % 4] }
        return (CheckDigits.weighted(block.dropLast().reversed(), weights) + (block.last ?? 0)) % 10 == 0
      })
  }

  /// Código Cuenta Cliente.
  static func spanishAccount(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), Set(digits).count > 2 else { return .refuted }
    return Validator.Verdict(NationalAccount.spain(digits))
  }

  /// Relevé d'identité bancaire.
  static func frenchAccount(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 23, Set(values).count > 2,
      (values.prefix(10) + values.suffix(2)).allSatisfy({ $0 < 10 })
    else { return .refuted }
    return Validator.Verdict(NationalAccount.france(values))
  }

  /// ISO 11649: RF, two check digits, up to 21 letters and digits.
  static func creditorReference(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), (5...25).contains(values.count), values.starts(with: [27, 15]),
      values[2] < 10, values[3] < 10
    else { return .refuted }
    return Validator.Verdict(CheckDigits.mod97(values.dropFirst(4) + values.prefix(4)) == 1)
  }

  /// European Payments Council, EPC262-08: country, two check digits, the creditor's business code, which does not
  /// count, and the national identifier.
  static func sepaCreditor(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), (8...35).contains(values.count), values[2] < 10, values[3] < 10,
      values[0] > 9, values[1] > 9, ISOCountry.exists(values[0], values[1])
    else { return .refuted }
    return Validator.Verdict(CheckDigits.mod97(values.dropFirst(7) + values.prefix(4)) == 1)
  }

  /// SIX, Swiss Implementation Guidelines QR-bill: 27 digits, the last by modulo 10 recursive.
  static func swissReference(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]
    guard let digits = IdentifierText.digits(text), digits.count == 27, Set(digits).count > 2 else { return .refuted }
    let carry = digits.dropLast().reduce(0) { table[($0 + $1) % 10] }
    return Validator.Verdict((carry + digits[26]) % 10 == 0)
  }
}
