/// Identifiers of Taiwan.
enum Taiwan {
  /// National identity and resident certificate: a letter for the place that counts as two digits, weights 1, 9, 8 …
  /// 1, 1.
  ///
  /// The resident certificate of before 2021 has a second letter, of which the last digit counts.
  ///
  /// - Source: Ministry of the Interior; as idnumbers `twn.NationalID`.
  static func identity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 10), values[0] > 9, IdentifierText.areDigits(values[2...])
    else { return .refuted }
    let second: Int
    switch values[1] {
    case 1, 2, 8, 9: second = values[1]
    case 10...13: second = place(values[1]) % 10
    default: return .refuted
    }
    let place = place(values[0])
    let digits = [place / 10, place % 10, second] + values[2...]
    return .init(CheckDigits.weighted(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 == 0)
  }

  /// The letters are in the order in which the places came, not the alphabet's.
  private static func place(_ value: Int) -> Int {
    let order = IdentifierText.values(of: "ABCDEFGHJKLMNPQRSTUVXYWZIO")
    return (order.firstIndex(of: value) ?? 0) + 10
  }

  /// Unified business number: the digits of the products added; since 2023 a sum divisible by five is enough.
  ///
  /// stdnum has the older rule, divisible by ten; so has the detector, as long as few numbers are of the new kind.
  ///
  /// - Source: Ministry of Finance, 營利事業統一編號檢查碼邏輯修正說明; as python-stdnum `tw.ubn`.
  static func ubn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 8) else { return .refuted }
    let sum = zip(digits, [1, 2, 1, 2, 1, 2, 4, 1]).reduce(0) { $0 + $1.0 * $1.1 / 10 + $1.0 * $1.1 % 10 }
    return .init(sum % 10 == 0 || sum % 10 == 9 && digits[6] == 7)
  }
}
