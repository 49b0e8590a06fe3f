/// Numbers of telephones, their cards and of vehicles.
enum DeviceNumber {
  /// 3GPP TS 23.003 §6: fifteen digits, Luhn; or sixteen with a software version and no check digit.
  static func imei(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), Set(digits).count > 2 else { return .refuted }
    // As signalled in a network it is without its check digit.
    if digits.count == 14 { return .doubtful }
    return Validator.Verdict(digits.count == 15 && CheckDigits.luhn(digits) || digits.count == 16)
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
