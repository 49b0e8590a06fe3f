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

  /// Norway's account number: the bank, six digits, a check digit modulo 11; after the former post office bank's 0000,
  /// which may be left away, seven digits by Luhn.
  ///
  /// - Source: ECBS, IBAN Registry, Norway; as python-stdnum `no.kontonr`.
  static func norwegianAccount(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), Set(digits).count > 2 else { return .refuted }
    if digits.count == 7 { return Validator.Verdict(CheckDigits.luhn(digits)) }
    guard digits.count == 11 else { return .refuted }
    if digits.starts(with: [0, 0, 0, 0]) { return Validator.Verdict(CheckDigits.luhn(Array(digits.suffix(7)))) }
    return Validator.Verdict(CheckDigits.weighted(digits, [6, 7, 8, 9, 4, 5, 6, 7, 8, 9]) % 11 == digits[10])
  }

  /// Czechia's account number: perhaps a prefix of up to six digits and a hyphen, up to ten digits, a slash, the bank;
  /// prefix and number are each divisible by 11 in their weights.
  ///
  /// - Source: Czech National Bank, decree 169/2011 §4 and the code list of payment system participants.
  static func czechAccount(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 22, let slash = text.lastIndex(of: UInt8(ascii: "/")) else { return .refuted }
    let hyphen = text[..<slash].firstIndex(of: UInt8(ascii: "-"))
    let digits = { (part: Slice<UnsafeBufferPointer<UInt8>>) in part.map { Int($0) - 0x30 } }
    let prefix = digits(text[..<(hyphen ?? 0)])
    let number = digits(text[(hyphen.map { $0 + 1 } ?? 0)..<slash])
    let bank = digits(text[(slash + 1)...])
    guard (prefix + number + bank).allSatisfy({ (0...9).contains($0) }), prefix.count <= 6,
      (2...10).contains(number.count), bank.count == 4, czechBanks.contains(IdentifierText.number(bank))
    else { return .refuted }
    let weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]
    return Validator.Verdict(
      IdentifierText.number(number) > 0 && CheckDigits.weighted(prefix.reversed(), weights) % 11 == 0
        && CheckDigits.weighted(number.reversed(), weights) % 11 == 0)
  }

  /// Who has a code in January 2026.
  private static let czechBanks: Set<Int> = [
    100, 300, 600, 710, 800, 2010, 2060, 2070, 2100, 2200, 2220, 2250, 2260, 2600, 2700, 3030, 3060, 3500, 4300, 5500,
    5800, 6000, 6200, 6210, 6300, 6363, 6700, 6800, 7910, 7950, 7960, 7970, 7990, 8030, 8040, 8060, 8090, 8150, 8190,
    8198, 8220, 8250, 8255, 8265, 8500, 8610, 8660,
  ]

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

  /// SIX, Swiss Implementation Guidelines QR-bill: 27 digits, the last by modulo 10 recursive. Zeros at the front may be
  /// left away; of less than six digits the check says too little.
  static func swissReference(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]
    guard let digits = IdentifierText.digits(text), (6...27).contains(digits.count), Set(digits).count > 2,
      let check = digits.last
    else { return .refuted }
    let carry = digits.dropLast().reduce(0) { table[($0 + $1) % 10] }
    return Validator.Verdict((carry + check) % 10 == 0)
  }
}
