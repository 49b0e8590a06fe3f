/// Identifiers of Colombia.
enum Colombia {
  /// Número de identificación tributaria: prime weights from the right, modulo 11.
  ///
  /// - Source: DIAN, Orden Administrativa 4 de 1989; as python-stdnum `co.nit`.
  static func nit(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), (8...16).contains(digits.count), let check = digits.last else {
      return .refuted
    }
    let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]
    let rest = CheckDigits.weighted(digits.dropLast().reversed(), weights) % 11
    return .init((rest < 2 ? rest : 11 - rest) == check)
  }
}
