/// Identifiers of India.
enum India {
  /// Aadhaar: twelve digits, the first 2 to 9, no palindrome, Verhoeff.
  ///
  /// - Source: UIDAI, "A UID Numbering Scheme", 2010; as python-stdnum `in_.aadhaar`.
  static func aadhaar(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 12) else { return .refuted }
    return .init(digits[0] > 1 && digits != digits.reversed() && CheckDigits.verhoeff(digits))
  }

  /// The virtual number that stands for an Aadhaar: sixteen digits by the same rules.
  ///
  /// - Source: UIDAI, Circular 1 of 2018-01-10; as python-stdnum `in_.vid`.
  static func vid(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 16) else { return .refuted }
    return .init(digits[0] > 1 && digits != digits.reversed() && CheckDigits.verhoeff(digits))
  }

  /// Permanent account number: five letters, the fourth the kind of holder, four digits, a letter.
  ///
  /// - Source: Income Tax Department, "Permanent Account Number"; as python-stdnum `in_.pan`.
  static func pan(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 10) else { return .refuted }
    return .init(isAccount(values))
  }

  /// Goods and services tax number: state, PAN, count, Z, check character of Luhn's scheme over 36.
  ///
  /// - Source: GST Council; as python-stdnum `in_.gstin`.
  static func gstin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 15), IdentifierText.areDigits(values[..<2]),
      (1...37).contains(IdentifierText.number(values[..<2])), isAccount(Array(values[2..<12])),
      values[12] != 0, values[13] == IdentifierText.value("Z")
    else { return .refuted }
    var sum = 0
    for (index, value) in values.reversed().enumerated() {
      let product = index % 2 == 1 ? value * 2 : value
      sum += product / 36 + product % 36
    }
    return .init(sum % 36 == 0)
  }

  /// Voter's card: three letters, seven digits by Luhn.
  ///
  /// - Source: Election Commission of India; as python-stdnum `in_.epic`.
  static func epic(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 10), IdentifierText.areLetters(values[..<3]) else {
      return .refuted
    }
    let digits = Array(values[3...])
    return .init(IdentifierText.areDigits(digits) && CheckDigits.luhn(digits))
  }

  private static func isAccount(_ values: [Int]) -> Bool {
    let holders = IdentifierText.values(of: "ABCFGHJKLPT")
    return IdentifierText.areLetters(values[..<5]) && IdentifierText.areDigits(values[5..<9]) && values[9] > 9
      && holders.contains(values[3]) && IdentifierText.number(values[5..<9]) != 0
  }
}
