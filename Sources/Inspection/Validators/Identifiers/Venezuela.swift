/// Identifiers of Venezuela.
enum Venezuela {
  /// Registro de información fiscal: the letter's value and the weighted digits, modulo 11.
  ///
  /// - Source: SENIAT; as python-stdnum `ve.rif`.
  static func rif(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 10), IdentifierText.areDigits(values[1...]),
      let kind = IdentifierText.values(of: "VEJPG").firstIndex(of: values[0])
    else { return .refuted }
    let rest = ((kind + 1) * 4 + CheckDigits.weighted(values[1..<9], [3, 2, 7, 6, 5, 4, 3, 2])) % 11
    return .init((rest < 2 ? 0 : 11 - rest) == values[9])
  }
}
