/// Numbers of telephones, their cards and of vehicles.
enum DeviceNumber {
  /// 3GPP TS 23.003 §6: fifteen digits, Luhn; or sixteen with a software version and no check digit.
  static func imei(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), Set(digits).count > 2 else { return .refuted }
    // As signalled in a network it is without its check digit.
    if digits.count == 14 { return .doubtful }
    return Validator.Verdict(digits.count == 15 && CheckDigits.luhn(digits) || digits.count == 16)
  }

  /// 3GPP2 S.R0048: fourteen hexadecimal digits of which at least one is a letter, or the same as ten and eight decimal
  /// ones; perhaps Luhn's check digit, modulo 16 where there are letters. What has none but decimal digits is an IMEI.
  ///
  /// - Source: 3GPP2 S.R0048-A §2; as python-stdnum `meid`.
  static func meid(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), Set(values).count > 3 else { return .refuted }
    switch values.count {
    case 14, 15:
      guard values.allSatisfy({ $0 < 16 }), values.contains(where: { $0 > 9 }) else { return .refuted }
      return Validator.Verdict(values.count == 14 || CheckDigits.luhn(values, radix: 16))
    case 18, 19:
      guard values.allSatisfy({ $0 < 10 }), IdentifierText.number(values.prefix(10)) < 1 << 32,
        IdentifierText.number(values[10..<18]) < 1 << 24
      else { return .refuted }
      return Validator.Verdict(values.count == 18 || CheckDigits.luhn(values))
    default: return .refuted
    }
  }

  /// ITU-T E.118: 89, the country, the issuer, the account, Luhn.
  static func iccid(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), (18...20).contains(digits.count), digits.starts(with: [8, 9]),
      Set(digits).count > 3
    else { return .refuted }
    return Validator.Verdict(CheckDigits.luhn(digits))
  }

  /// ITU-T E.212: a mobile country code (geographic ones are 200 to 799, 001 is for tests, 901 is shared), fourteen or
  /// fifteen digits in all.
  static func imsi(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), (14...15).contains(digits.count), Set(digits).count > 2 else {
      return .refuted
    }
    let country = IdentifierText.number(digits.prefix(3))
    return (200...799).contains(country) || country == 901 ? .confirmed : country == 1 ? .doubtful : .refuted
  }

  /// ISO 3779, and 49 CFR 565.15 for North America's check digit. Elsewhere the ninth character is another thing,
  /// so that a wrong one leaves a doubt.
  static func vin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let table = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9]
    guard let values = IdentifierText.values(text), values.count == 17,
      !values.contains(where: { [18, 24, 26].contains($0) }), values.suffix(4).allSatisfy({ $0 < 10 }),
      values.contains(where: { $0 > 9 }), Set(values).count > 5
    else { return .refuted }
    let numbers = values.map { $0 < 10 ? $0 : table[($0 - 10) % table.count] }
    let rest = CheckDigits.weighted(numbers, [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return (rest == 10 ? 33 : rest) == values[8] ? .confirmed : .doubtful
  }
}
