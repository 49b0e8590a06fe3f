/// Malta's numbers.
enum Malta {
  /// VAT number: eight digits, weighted modulo 37.
  ///
  /// - Source: python-stdnum `mt.vat`.
  static func vat(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 8, after: "MT") { digits in
      let tens = CheckDigits.weighted(digits, [3, 4, 6, 7, 8, 9, 10, 1])
      return digits[0] != 0 && tens % 37 == 0
    }
  }
}
