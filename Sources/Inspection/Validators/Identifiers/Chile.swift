/// Identifiers of Chile.
enum Chile {
  /// Rol único tributario: weights 2 to 7 from the right, modulo 11; `K` is ten.
  ///
  /// - Source: Servicio de Impuestos Internos; as python-stdnum `cl.rut`.
  static func rut(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 8 || values.count == 9,
      IdentifierText.areDigits(values.dropLast()), let last = values.last
    else { return .refuted }
    let sum = CheckDigits.weighted(values.dropLast().reversed(), [2, 3, 4, 5, 6, 7, 2, 3])
    let check = (11 - sum % 11) % 11
    return .init(last == (check == 10 ? IdentifierText.value("K") : check))
  }
}
