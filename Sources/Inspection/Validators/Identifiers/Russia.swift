/// Russia's numbers.
enum Russia {
  /// INN of a legal person: ten digits, the last a check digit modulo 11.
  ///
  /// - Source: Order of the Federal Tax Service MMV-7-6/435; python-stdnum `ru.inn`.
  static func companyINN(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 10) { digits in
      CheckDigits.weighted(digits, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == digits[9]
    }
  }

  /// INN of a natural person: twelve digits, the last two check digits.
  ///
  /// - Source: as of a legal person's.
  static func personalINN(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 12) { digits in
      CheckDigits.weighted(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == digits[10]
        && CheckDigits.weighted(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == digits[11]
    }
  }

  /// OGRN: thirteen digits of a company or fifteen of an entrepreneur, the last what the others leave modulo 11 or 13.
  ///
  /// - Source: python-stdnum `ru.ogrn`.
  static func ogrn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), let check = digits.last else { return .refuted }
    let number = IdentifierText.number(digits.dropLast().prefix(14))
    switch digits.count {
    case 13: return Validator.Verdict(digits[0] != 0 && number % 11 % 10 == check)
    case 15: return Validator.Verdict((digits[0] == 3 || digits[0] == 4) && number % 13 == check)
    default: return .refuted
    }
  }

  /// SNILS: nine digits weighted 9 to 1, and those modulo 101. The rule holds from 001-001-998 on.
  ///
  /// - Source: Pension Fund, Resolution 192p of 2006, "Порядок формирования контрольного числа страхового номера".
  static func snils(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    EuropeanNumber.check(text, count: 11) { digits in
      let sum = CheckDigits.weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100
      return EuropeanNumber.part(digits, 0, 9) > 1_001_998 && sum == EuropeanNumber.part(digits, 9, 2)
    }
  }
}
