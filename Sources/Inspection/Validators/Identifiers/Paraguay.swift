/// Identifiers of Paraguay.
enum Paraguay {
  /// Registro único de contribuyentes: weights 2, 3, 4 and on from the right, modulo 11.
  ///
  /// - Source: DNIT (SET); as python-stdnum `py.ruc`.
  static func ruc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), (2...9).contains(digits.count), let check = digits.last else {
      return .refuted
    }
    let sum = CheckDigits.weighted(digits.dropLast().reversed(), Array(2...9))
    return .init((11 - sum % 11) % 11 % 10 == check)
  }
}
