/// Identifiers of Brazil.
enum Brazil {
  /// Cadastro de pessoas físicas: two check digits modulo 11.
  ///
  /// - Source: Receita Federal; as python-stdnum `br.cpf`.
  static func cpf(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11), digits.contains(where: { $0 > 0 }) else {
      return .refuted
    }
    let first = check(CheckDigits.weighted(digits[..<9], [10, 9, 8, 7, 6, 5, 4, 3, 2]))
    let second = check(CheckDigits.weighted(digits[..<9], [11, 10, 9, 8, 7, 6, 5, 4, 3]) + 2 * first)
    return .init(first == digits[9] && second == digits[10])
  }

  /// Cadastro nacional da pessoa jurídica; from July 2026 with letters, whose value is their ASCII code less 48.
  ///
  /// - Source: Receita Federal, Instrução Normativa RFB nº 2.229/2024; as python-stdnum `br.cnpj`.
  static func cnpj(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 14), values[..<12].contains(where: { $0 > 0 }) else {
      return .refuted
    }
    // A letter's value there is 17 and more, its value here 10 and more.
    var digits = values[..<12].map { $0 > 9 ? $0 + 7 : $0 }
    let first = check(CheckDigits.weighted(digits, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))
    digits.append(first)
    let second = check(CheckDigits.weighted(digits, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))
    return .init(first == values[12] && second == values[13])
  }

  /// PIS, PASEP, NIT and NIS are one series.
  ///
  /// - Source: Caixa Econômica Federal; the weights as in validate-docbr `PIS`.
  static func pis(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11), !IdentifierText.areOneDigit(digits) else {
      return .refuted
    }
    return .init(check(CheckDigits.weighted(digits[..<10], [3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) == digits[10])
  }

  /// Registro nacional de veículos automotores: the same weights.
  ///
  /// - Source: SENATRAN; the weights as in validate-docbr `RENAVAM`.
  static func renavam(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11) else { return .refuted }
    return .init(CheckDigits.weighted(digits[..<10], [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == digits[10])
  }

  /// Carteira nacional de habilitação: where the first check is 10, two are taken from the second.
  ///
  /// - Source: CONTRAN; the rule as in validate-docbr `CNH`.
  static func cnh(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11), !IdentifierText.areOneDigit(digits) else {
      return .refuted
    }
    let first = CheckDigits.weighted(digits[..<9], [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11
    let remainder = CheckDigits.weighted(digits[..<9], [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11
    let second = (remainder - (first == 10 ? 2 : 0) + 11) % 11
    return .init(first % 10 == digits[9] && second % 10 == digits[10])
  }

  /// Título de eleitor: eight digits, the state (01 to 28), two check digits.
  ///
  /// - Source: Tribunal Superior Eleitoral, Resolução 21.538/2003; the rule as in validate-docbr `TituloEleitoral`.
  static func voter(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12),
      (1...28).contains(IdentifierText.number(digits[8..<10]))
    else { return .refuted }
    let first = CheckDigits.weighted(digits[..<8], [2, 3, 4, 5, 6, 7, 8, 9]) % 11 % 10
    let second = CheckDigits.weighted(digits[8..<10] + [first], [7, 8, 9]) % 11 % 10
    return .init(first == digits[10] && second == digits[11])
  }

  /// Cartão nacional de saúde: weights 15 to 1; those from a PIS (1, 2) have 000 or 001 before the check digit.
  ///
  /// - Source: DATASUS, "Rotina de validação do número do CNS"; as validate-docbr `CNS`.
  static func cns(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 15), [1, 2, 7, 8, 9].contains(digits[0]) else {
      return .refuted
    }
    let holds = CheckDigits.weighted(digits, Array((1...15).reversed())) % 11 == 0
    guard digits[0] < 3 else { return .init(holds) }
    let needsOne = CheckDigits.weighted(digits[..<11], Array((5...15).reversed())) % 11 == 1
    return .init(holds && digits[11] == 0 && digits[12] == 0 && digits[13] == (needsOne ? 1 : 0))
  }

  private static func check(_ sum: Int) -> Int { (11 - sum % 11) % 11 % 10 }
}
