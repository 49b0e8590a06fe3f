/// Identifiers of Canada.
enum Canada {
  /// Social insurance number: Luhn; 0 and 8 begin none.
  ///
  /// - Source: Employment and Social Development Canada, Social Insurance Number; as python-stdnum `ca.sin`.
  static func sin(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9) else { return .refuted }
    return .init(digits[0] != 0 && digits[0] != 8 && CheckDigits.luhn(digits))
  }

  /// Business number: nine digits by Luhn, and perhaps a programme account (RC, RM, RP, RT and four digits).
  ///
  /// - Source: Canada Revenue Agency, Business number; as python-stdnum `ca.bn`.
  static func bn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 9 || values.count == 15 else { return .refuted }
    let digits = Array(values[..<9])
    guard IdentifierText.areDigits(digits), CheckDigits.luhn(digits) else { return .refuted }
    guard values.count == 15 else { return .confirmed }
    let programmes = IdentifierText.values(of: "CMPT")
    let isAccount = values[9] == IdentifierText.value("R") && programmes.contains(values[10])
    return .init(isAccount && IdentifierText.areDigits(values[11...]))
  }

  /// British Columbia's personal health number: 9, eight digits, each product modulo 11.
  ///
  /// - Source: BC Ministry of Health, Client Registry application rules; as python-stdnum `ca.bc_phn`.
  static func bcPHN(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10), digits[0] == 9 else { return .refuted }
    let sum = zip(digits[1..<9], [2, 4, 8, 5, 10, 9, 7, 3]).reduce(0) { $0 + $1.0 * $1.1 % 11 }
    return .init((11 - sum % 11) % 11 == digits[9])
  }

  /// Ontario's health number: ten digits by Luhn, then a version of up to two letters.
  ///
  /// - Source: Ontario Ministry of Health, Technical Specifications, Health Card Validation: MOD 10 check digit.
  static func ontarioHealth(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), (10...12).contains(values.count) else { return .refuted }
    let digits = Array(values[..<10])
    guard IdentifierText.areDigits(digits), IdentifierText.areLetters(values[10...]), digits[0] != 0 else {
      return .refuted
    }
    return .init(CheckDigits.luhn(digits))
  }

  /// Quebec's health insurance number: four letters of the name, the date of birth (a woman's month and 50), two more.
  ///
  /// - Source: Régie de l'assurance maladie du Québec, the composition of the number.
  static func quebecHealth(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 12), IdentifierText.areLetters(values[..<4]),
      IdentifierText.areDigits(values[4...])
    else { return .refuted }
    let month = IdentifierText.number(values[6..<8])
    return .init(
      CalendarDate.exists(
        shortYear: IdentifierText.number(values[4..<6]), month: month > 50 ? month - 50 : month,
        day: IdentifierText.number(values[8..<10])))
  }
}
