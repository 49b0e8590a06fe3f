/// Numbers of securities and of those who issue and trade them.
enum Securities {
  /// ISO 6166: Luhn over the letters' values written as digits. XS, EU and others stand for no country.
  static func isin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 12, values[11] < 10,
      values[0] > 9, values[1] > 9, ISOCountry.exists(values[0], values[1]) || isSupranational(values)
    else { return .refuted }
    return Validator.Verdict(CheckDigits.luhn(values.flatMap { $0 > 9 ? [$0 / 10, $0 % 10] : [$0] }))
  }

  /// EU, QS, QT, QY, XA, XB, XC, XD, XF, XS: not a country's, yet prefixes.
  private static func isSupranational(_ values: [Int]) -> Bool {
    switch (values[0], values[1]) {
    case (14, 30), (26, 28), (26, 29), (26, 34), (33, 10...13), (33, 15), (33, 28): true
    default: false
    }
  }

  /// ANSI X9.6: every second value doubled, and the digits added.
  static func cusip(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count == 9 else { return .refuted }
    var values: [Int] = []
    for byte in text {
      switch byte {
      case 0x30...0x39: values.append(Int(byte) - 0x30)
      case 0x41...0x5a: values.append(Int(byte) - 0x37)
      case UInt8(ascii: "*"): values.append(36)
      case UInt8(ascii: "@"): values.append(37)
      case UInt8(ascii: "#"): values.append(38)
      default: return .refuted
      }
    }
    return Validator.Verdict(hasDoubledSum(values) && Set(values).count > 2)
  }

  private static func hasDoubledSum(_ values: [Int]) -> Bool {
    let sum = values.dropLast().enumerated().reduce(0) { sum, item in
      let value = item.element << (item.offset % 2)
      return sum + value / 10 + value % 10
    }
    return (10 - sum % 10) % 10 == values.last
  }

  /// London Stock Exchange: no vowels, weights 1-3-1-7-3-9-1; the older ones are digits only.
  static func sedol(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 7, values[6] < 10,
      !values.contains(where: { [10, 14, 18, 24, 30].contains($0) }),
      values[0] > 9 || values.allSatisfy({ $0 < 10 }), Set(values).count > 2
    else { return .refuted }
    return Validator.Verdict(CheckDigits.weighted(values, [1, 3, 1, 7, 3, 9, 1]) % 10 == 0)
  }

  /// Wertpapierkennnummer: six characters without I and O, and no check digit; a word is none.
  static func wkn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 6 else { return .refuted }
    return Validator.Verdict(!values.contains { $0 == 18 || $0 == 24 } && values.contains { $0 < 10 })
  }

  /// ISO 17442: MOD 97-10 over all twenty; a number of digits only would be none.
  static func lei(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 20, values[18] < 10, values[19] < 10 else {
      return .refuted
    }
    return Validator.Verdict(CheckDigits.mod97(values) == 1)
  }

  /// Object Management Group, FIGI 1.0: two consonants, G, eight of consonants and digits, a check digit.
  static func figi(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 12, values[0] > 9, values[1] > 9, values[2] == 16,
      values[11] < 10, !values.contains(where: { [10, 14, 18, 24, 30].contains($0) })
    else { return .refuted }
    let reserved = [[11, 28], [11, 22], [16, 16], [16, 11], [31, 16]]
    let sum = values.dropLast().enumerated().reduce(0) { sum, item in
      let value = item.element << (item.offset % 2)
      return sum + value / 10 + value % 10
    }
    return Validator.Verdict(!reserved.contains(Array(values.prefix(2))) && (sum + values[11]) % 10 == 0)
  }
}
