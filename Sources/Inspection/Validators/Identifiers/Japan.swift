/// Identifiers of Japan.
enum Japan {
  /// Corporate number: a check digit of 1 to 9, then twelve digits with weights 1 and 2 from the right.
  ///
  /// - Source: National Tax Agency, 法人番号 check digit ordinance; as python-stdnum `jp.cn`.
  static func corporate(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13) else { return .refuted }
    let sum = CheckDigits.weighted(digits[1...].reversed(), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
    return .init(9 - sum % 9 == digits[0])
  }

  /// Individual number (My Number): weights 6 to 2 and 7 to 2, modulo 11.
  ///
  /// - Source: Ministry of Internal Affairs and Communications, Ordinance 85 of 2014 §5; as python-stdnum `jp.in_`.
  static func individual(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12) else { return .refuted }
    let sum = CheckDigits.weighted(digits[..<11], [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
    return .init((11 - sum % 11) % 11 % 10 == digits[11])
  }
}
