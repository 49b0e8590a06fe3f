/// Portugal's numbers.
enum Portugal {
  /// NIF, with `PT` the VAT number: nine digits, the first not 0, weighted modulo 11, 0 for 10.
  ///
  /// - Source: python-stdnum `pt.nif`.
  static func nif(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 9, after: "PT") { digits in
      let sum = CheckDigits.weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2])
      return digits[0] != 0 && (11 - sum % 11) % 11 % 10 == digits[8]
    }
  }

  /// Cartão de Cidadão: eight digits, a check digit, two characters of the version, a check digit like Luhn's over all.
  ///
  /// We differ from python-stdnum `pt.cc` in wanting twelve characters.
  static func cc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 12, values[11] < 10,
      values.prefix(9).allSatisfy({ $0 < 10 })
    else { return .refuted }
    let sum = values.enumerated().reduce(0) { sum, item in
      let value = item.offset % 2 == 0 ? item.element * 2 : item.element
      return sum + (item.offset % 2 == 0 && value > 9 ? value - 9 : value)
    }
    return Validator.Verdict(sum % 10 == 0)
  }

  /// NISS, the social security number: eleven digits that begin with 1 or 2, weighted with primes, 9 less modulo 10.
  ///
  /// - Source: Instituto da Segurança Social.
  static func niss(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      let sum = CheckDigits.weighted(digits, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2])
      return (digits[0] == 1 || digits[0] == 2) && 9 - sum % 10 == digits[10]
    }
  }
}
