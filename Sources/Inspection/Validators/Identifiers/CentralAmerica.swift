/// Identifiers of the countries between Mexico and Colombia, and of Cuba.
enum CentralAmerica {
  /// Costa Rica's cédula física: a person's begins with 0, which is often not written.
  ///
  /// - Source: Ministerio de Hacienda; as python-stdnum `cr.cpf`.
  static func costaRicaPerson(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    let groups = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let digits = IdentifierText.digits(text) else { return .refuted }
    // Three groups may each lack their zeros at the front.
    if groups.count == 3 {
      let areShort = zip(groups, [2, 4, 4]).allSatisfy { $0.0.count <= $0.1 }
      return .init(areShort && (groups[0].count < 2 || digits.first == 0))
    }
    return .init(digits.count == 9 || digits.count == 10 && digits[0] == 0)
  }

  /// Costa Rica's cédula jurídica: class and type of the entity, six digits.
  ///
  /// - Source: Registro Nacional, "Listado de clases y tipos de cédulas jurídicas"; as python-stdnum `cr.cpj`.
  static func costaRicaEntity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 10) else { return .refuted }
    let type = IdentifierText.number(digits[1..<4])
    switch digits[0] {
    case 2: return .init([100, 200, 300, 400].contains(type))
    case 3: return .init((2...14).contains(type) || (101...110).contains(type))
    case 4: return .init(type == 0)
    case 5: return .init(type == 1)
    default: return .refuted
    }
  }

  /// Costa Rica's DIMEX and NITE of foreigners: 11 or 12 digits from 1.
  ///
  /// - Source: Ministerio de Hacienda; as python-stdnum `cr.cr`.
  static func costaRicaForeigner(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 11 || digits.count == 12 else { return .refuted }
    return .init(digits[0] == 1)
  }

  /// El Salvador's NIT: municipality, date, serial; up to serial 100 another rule for the check digit.
  ///
  /// - Source: Ministerio de Hacienda; as python-stdnum `sv.nit`.
  static func salvadorTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 14), [0, 1, 9].contains(digits[0]) else {
      return .refuted
    }
    if IdentifierText.number(digits[10..<13]) <= 100 {
      return .init(CheckDigits.weighted(digits[..<13], Array((2...14).reversed())) % 11 % 10 == digits[13])
    }
    let sum = CheckDigits.weighted(digits[..<13], [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
    return .init((11 - sum % 11) % 11 % 10 == digits[13])
  }

  /// El Salvador's DUI: weights 9 to 2, modulo 10.
  ///
  /// - Source: Registro Nacional de las Personas Naturales; the rule as published with the NIT's.
  static func salvadorIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 9), IdentifierText.number(digits) != 0 else {
      return .refuted
    }
    return .init((10 - CheckDigits.weighted(digits[..<8], Array((2...9).reversed())) % 10) % 10 == digits[8])
  }

  /// Guatemala's NIT: weights 2, 3, 4 and on from the right, modulo 11; `K` is ten.
  ///
  /// - Source: SAT, "FEL reglas y validaciones"; as python-stdnum `gt.nit`.
  static func guatemalaTax(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let written = IdentifierText.values(text) else { return .refuted }
    let values = Array(written.drop { $0 == 0 })
    guard (2...12).contains(values.count), IdentifierText.areDigits(values.dropLast()), let last = values.last else {
      return .refuted
    }
    let sum = CheckDigits.weighted(values.dropLast().reversed(), Array(2...12))
    let check = (11 - sum % 11) % 11
    return .init(last == (check == 10 ? IdentifierText.value("K") : check))
  }

  /// Guatemala's CUI on the DPI: eight digits, a check digit modulo 11, department (01 to 22), municipality.
  ///
  /// - Source: RENAP, boletín 163 (the parts); the check digit as implemented widely by Guatemalan software.
  static func guatemalaIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13),
      (1...22).contains(IdentifierText.number(digits[9..<11])), IdentifierText.number(digits[11...]) != 0
    else { return .refuted }
    return .init(CheckDigits.weighted(digits[..<8], Array(2...9)) % 11 == digits[8])
  }

  /// Honduras's DNI: department (01 to 18), municipality, year of birth, serial.
  ///
  /// - Source: Registro Nacional de las Personas; no check digit.
  static func hondurasIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 13 || digits.count == 14 else { return .refuted }
    let hasPlace =
      (1...18).contains(IdentifierText.number(digits[..<2]))
      && (1...28).contains(IdentifierText.number(digits[2..<4]))
    return .init(hasPlace && (1900...2099).contains(IdentifierText.number(digits[4..<8])))
  }

  /// Nicaragua's cédula: municipality, date of birth, serial, a letter: the number modulo 23.
  ///
  /// - Source: Consejo Supremo Electoral; the letter as implemented widely by Nicaraguan software.
  static func nicaraguaIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 14), IdentifierText.areDigits(values[..<13]) else {
      return .refuted
    }
    let letters = IdentifierText.values(of: "ABCDEFGHJKLMNPQRSTUVWXY")
    let exists = CalendarDate.exists(
      shortYear: IdentifierText.number(values[7..<9]), month: IdentifierText.number(values[5..<7]),
      day: IdentifierText.number(values[3..<5]))
    return .init(exists && letters[IdentifierText.number(values[..<13]) % 23] == values[13])
  }

  /// Cuba's número de identidad: the date of birth, its century in the seventh digit.
  ///
  /// - Source: Postdata.club, "¿Es usted único en Cuba?"; as python-stdnum `cu.ni`.
  static func cubaIdentity(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 11) else { return .refuted }
    let century = digits[6] == 9 ? 1800 : digits[6] <= 5 ? 1900 : 2000
    return .init(
      CalendarDate.exists(
        year: century + IdentifierText.number(digits[..<2]), month: IdentifierText.number(digits[2..<4]),
        day: IdentifierText.number(digits[4..<6])))
  }
}
