/// Ireland's numbers.
enum Ireland {
  private static let letters = "WABCDEFGHIJKLMNOPQRSTUV"

  /// - Parameter extra: the second letter's rank, which counts nine times.
  private static func isCheck(_ letter: Int, of digits: some Sequence<Int>, extra: Int = 0) -> Bool {
    let sum = CheckDigits.weighted(digits, [8, 7, 6, 5, 4, 3, 2]) + 9 * extra
    return EuropeanNumber.index(letter, in: letters) == sum % 23
  }

  /// PPS number: seven digits, a check letter modulo 23, perhaps a second letter, of which `A`, `B` and `H` count.
  ///
  /// - Source: Department of Social Protection; python-stdnum `ie.pps`.
  static func pps(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 8 || values.count == 9,
      values.prefix(7).allSatisfy({ $0 < 10 })
    else { return .refuted }
    guard values.count == 9 else { return Validator.Verdict(isCheck(values[7], of: values.prefix(7))) }
    guard EuropeanNumber.index(values[8], in: "ABHWTX") != nil else { return .refuted }
    let extra = EuropeanNumber.index(values[8], in: "ABH") == nil ? 0 : values[8] - 9
    return Validator.Verdict(isCheck(values[7], of: values.prefix(7), extra: extra))
  }

  /// VAT number: like the PPS number; the older ones have a letter in the second place and weigh the first digit last.
  /// The few with `+` or `*` there are left out.
  ///
  /// - Source: python-stdnum `ie.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = EuropeanNumber.values(text, after: "IE"), values.count == 8 || values.count == 9,
      values[0] < 10, values[2..<7].allSatisfy({ $0 < 10 }),
      let extra = EuropeanNumber.index(values.count == 9 ? values[8] : 32, in: letters),
      EuropeanNumber.index(values[7], in: letters) != nil
    else { return .refuted }
    if values[1] < 10 { return Validator.Verdict(isCheck(values[7], of: values.prefix(7), extra: extra)) }
    return Validator.Verdict(isCheck(values[7], of: [0] + values[2..<7] + [values[0]]))
  }
}
