/// Turkey's numbers.
enum Turkey {
  /// T.C. Kimlik No: eleven digits, the first not 0, two check digits.
  ///
  /// - Source: Nüfus ve Vatandaşlık İşleri; python-stdnum `tr.tckimlik`.
  static func kimlik(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      let sum = CheckDigits.weighted(digits, [3, 1, 3, 1, 3, 1, 3, 1, 3])
      let first = (10 - sum % 10) % 10
      return digits[0] != 0 && first == digits[9] && digits.prefix(10).reduce(0, +) % 10 == digits[10]
    }
  }

  /// Vergi Kimlik Numarası: ten digits; each is moved by its place and multiplied by a power of two modulo 9.
  ///
  /// - Source: Gelir İdaresi Başkanlığı; python-stdnum `tr.vkn`.
  static func vkn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10) { digits in
      let sum = digits.prefix(9).reversed().enumerated().reduce(0) { sum, item in
        let moved = (item.element + item.offset + 1) % 10
        let power = (moved << (item.offset + 1)) % 9
        return sum + (moved == 0 ? 0 : power == 0 ? 9 : power)
      }
      return (10 - sum % 10) % 10 == digits[9]
    }
  }
}
