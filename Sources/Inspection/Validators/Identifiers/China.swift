/// Identifiers of mainland China.
enum China {
  /// Resident identity: region, date of birth, serial, ISO 7064 MOD 11-2.
  ///
  /// stdnum looks the county up, with the years in which there was one; here the province decides: the list is six
  /// thousand lines, and changes.
  ///
  /// - Source: GB 11643-1999; as python-stdnum `cn.ric`.
  static func ric(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 18), IdentifierText.areDigits(values[..<17]) else {
      return .refuted
    }
    let provinces: Set = [
      11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62,
      63, 64, 65, 71, 81, 82,
    ]
    let exists = CalendarDate.exists(
      year: IdentifierText.number(values[6..<10]), month: IdentifierText.number(values[10..<12]),
      day: IdentifierText.number(values[12..<14]))
    let check = values[17] == IdentifierText.value("X") ? 10 : values[17]
    guard exists, provinces.contains(IdentifierText.number(values[..<2])), check <= 10,
      CheckDigits.iso7064Mod11Radix2(values[..<17], check: check)
    else { return .refuted }
    // The rule asks for a day, not for one on which somebody who lives was born.
    return (1800...2099).contains(IdentifierText.number(values[6..<10])) ? .confirmed : .doubtful
  }

  /// Unified social credit code: eight digits, nine characters, a check character modulo 31.
  ///
  /// - Source: GB 32100-2015; as python-stdnum `cn.uscc`.
  static func uscc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 18), IdentifierText.areDigits(values[..<8]) else {
      return .refuted
    }
    let alphabet = IdentifierText.values(of: "0123456789ABCDEFGHJKLMNPQRTUWXY")
    let ranks = values.compactMap { alphabet.firstIndex(of: $0) }
    guard ranks.count == 18 else { return .refuted }
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    return .init((CheckDigits.weighted(ranks, weights) + ranks[17]) % 31 == 0)
  }
}
