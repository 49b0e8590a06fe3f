/// Identifiers of Mexico.
enum Mexico {
  private static let states = Set(
    [
      "AS", "BC", "BS", "CC", "CH", "CL", "CM", "CS", "DF", "DG", "GR", "GT", "HG", "JC", "MC", "MN", "MS", "NE", "NL",
      "NT", "OC", "PL", "QR", "QT", "SL", "SP", "SR", "TC", "TL", "TS", "VZ", "YN", "ZS",
    ].map { IdentifierText.values(of: $0) })

  /// Clave única de registro de población: letters of the name, date, sex, state, consonants, century, check digit.
  ///
  /// stdnum also refuses the first letters that make one of a list of rude words, which the register alters; a number
  /// that fulfils all the rest is not let go for that.
  ///
  /// - Source: Secretaría de Gobernación, "Instructivo normativo para la asignación de la CURP"; as python-stdnum
  ///   `mx.curp`.
  static func curp(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 18), IdentifierText.areLetters(values[..<4]),
      IdentifierText.areDigits(values[4..<10]), IdentifierText.areLetters(values[10..<16]), values[17] < 10
    else { return .refuted }
    guard values[10] == IdentifierText.value("H") || values[10] == IdentifierText.value("M"),
      states.contains(Array(values[11..<13]))
    else { return .refuted }
    let century = values[16] < 10 ? 1900 : 2000
    let exists = CalendarDate.exists(
      year: century + IdentifierText.number(values[4..<6]), month: IdentifierText.number(values[6..<8]),
      day: IdentifierText.number(values[8..<10]))
    // The register's alphabet has Ñ between N and O.
    let ranked = values[..<17].map { $0 > 23 ? $0 + 1 : $0 }
    let sum = CheckDigits.weighted(ranked, Array((2...18).reversed()))
    return .init(exists && (10 - sum % 10) % 10 == values[17])
  }

  /// Registro federal de contribuyentes: letters (a person's four, a firm's three), date, homoclave.
  ///
  /// The check digit does not decide: the tax office gave out numbers that do not fulfil it. stdnum also refuses rude
  /// first letters, as with the CURP.
  ///
  /// - Source: Servicio de Administración Tributaria; as python-stdnum `mx.rfc`.
  static func rfc(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = taxpayerValues(text), [10, 12, 13].contains(values.count) else { return .refuted }
    let letters = values.count == 12 ? 3 : 4
    let date = values[letters..<(letters + 6)]
    guard values[..<letters].allSatisfy({ $0 > 9 }), date.allSatisfy({ $0 < 10 }),
      values[(letters + 6)...].allSatisfy({ $0 < 36 })
    else { return .refuted }
    let numbers = Array(date)
    return .init(
      CalendarDate.exists(
        year: 2000 + IdentifierText.number(numbers[..<2]), month: IdentifierText.number(numbers[2..<4]),
        day: IdentifierText.number(numbers[4...])))
  }

  /// As ``IdentifierText/values(_:)``, with 36 for `&` and for `Ñ`.
  private static func taxpayerValues(_ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    guard text.count <= 24 else { return nil }
    var values: [Int] = []
    var awaitsTail = false
    for byte in text {
      switch byte {
      case 0xc3 where !awaitsTail: awaitsTail = true
      case 0x91 where awaitsTail, 0xb1 where awaitsTail:
        values.append(36)
        awaitsTail = false
      case _ where awaitsTail: return nil
      case 0x30...0x39: values.append(Int(byte) - 0x30)
      case 0x41...0x5a: values.append(Int(byte) - 0x37)
      case 0x61...0x7a: values.append(Int(byte) - 0x57)
      case UInt8(ascii: "&"): values.append(36)
      case UInt8(ascii: " "), UInt8(ascii: "-"): continue
      default: return nil
      }
    }
    return awaitsTail ? nil : values
  }

  /// Número de seguridad social of the IMSS: Luhn.
  ///
  /// - Source: Instituto Mexicano del Seguro Social; check digit as of Luhn.
  static func nss(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11) else { return .refuted }
    return .init(!IdentifierText.areOneDigit(digits) && CheckDigits.luhn(digits))
  }

  /// Clave de elector: six consonants of the name, date of birth, state, sex, three digits.
  ///
  /// - Source: Instituto Nacional Electoral, the composition of the clave; 87 and 88 are those born abroad.
  static func voterKey(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 18), IdentifierText.areLetters(values[..<6]),
      IdentifierText.areDigits(values[6..<14]), IdentifierText.areDigits(values[15...])
    else { return .refuted }
    let state = IdentifierText.number(values[12..<14])
    let hasSex = values[14] == IdentifierText.value("H") || values[14] == IdentifierText.value("M")
    guard hasSex, (1...32).contains(state) || state == 87 || state == 88 else { return .refuted }
    return .init(
      CalendarDate.exists(
        shortYear: IdentifierText.number(values[6..<8]), month: IdentifierText.number(values[8..<10]),
        day: IdentifierText.number(values[10..<12])))
  }
}
