/// Identifiers of New Zealand.
enum NewZealand {
  /// Inland Revenue number: weights modulo 11, and other weights where that gives ten.
  ///
  /// - Source: Inland Revenue, "RWT specification document"; as python-stdnum `nz.ird`.
  static func ird(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text), digits.count == 8 || digits.count == 9 else { return .refuted }
    let number = IdentifierText.number(digits)
    guard number > 10_000_000, number < 150_000_000 else { return .refuted }
    let padded = digits.count == 8 ? [0] + digits : digits
    let first = (11 - CheckDigits.weighted(padded[..<8], [3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    guard first == 10 else { return .init(first == padded[8]) }
    let second = (11 - CheckDigits.weighted(padded[..<8], [7, 4, 3, 2, 5, 2, 7, 6]) % 11) % 11
    return .init(second == padded[8])
  }

  /// National health index: three letters, three or two digits, a check digit modulo 11 or two letters modulo 23.
  ///
  /// - Source: HISO 10046:2024 §2.1.4; as idnumbers `nzl.NationalHealthIndexNumber`.
  static func nhi(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 7), IdentifierText.areLetters(values[..<3]),
      IdentifierText.areDigits(values[3..<5])
    else { return .refuted }
    let alphabet = IdentifierText.values(of: "ABCDEFGHJKLMNPQRSTUVWXYZ")
    let ranks = values.compactMap { $0 < 10 ? $0 : alphabet.firstIndex(of: $0).map { $0 + 1 } }
    guard ranks.count == 7 else { return .refuted }
    let sum = CheckDigits.weighted(ranks[..<6], [7, 6, 5, 4, 3, 2])
    switch (values[5] < 10, values[6] < 10) {
    case (true, true): return .init(sum % 11 != 0 && (11 - sum % 11) % 10 == ranks[6])
    case (false, false): return .init(23 - sum % 23 == ranks[6])
    default: return .refuted
    }
  }

  /// Business number: a GS1 number of 13 digits from 94290.
  ///
  /// - Source: New Zealand Business Number, "About the NZBN": a Global Location Number.
  static func nzbn(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = IdentifierText.digits(text, exactly: 13), digits.starts(with: [9, 4, 2, 9, 0]) else {
      return .refuted
    }
    return .init(CheckDigits.weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 == 0)
  }

  /// Bank account: bank, branch, base, suffix; each bank has one of seven rules.
  ///
  /// stdnum also wants the branch to be in the register of this year; that is two thousand lines, and changes.
  ///
  /// - Source: Inland Revenue, "RWT specification document"; as python-stdnum `nz.bankaccount`.
  static func bankAccount(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 24, let digits = account(text), let rule = rule(digits) else { return .refuted }
    let sum = zip(digits, rule.weights).reduce(0) { sum, pair in
      let product = pair.0 * pair.1
      return sum + (product > rule.fold ? product % rule.fold : product)
    }
    return .init(sum % rule.modulus == 0)
  }

  private struct Rule {
    let weights: [Int]
    let fold: Int
    let modulus: Int
  }

  /// Sixteen digits: the groups filled up with zeros, a suffix of two digits to three.
  private static func account(_ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    let groups = text.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") }
    guard let digits = IdentifierText.digits(text) else { return nil }
    guard groups.count == 4 else {
      guard (14...16).contains(digits.count) else { return nil }
      return digits[..<13] + Array(repeating: 0, count: 16 - digits.count) + digits[13...]
    }
    var padded: [Int] = []
    for (group, length) in zip(groups, [2, 4, 7, 3]) {
      guard group.count <= length else { return nil }
      padded += Array(repeating: 0, count: length - group.count) + group.map { Int($0) - 0x30 }
    }
    return padded.allSatisfy { (0...9).contains($0) } ? padded : nil
  }

  private static func rule(_ digits: [Int]) -> Rule? {
    switch IdentifierText.number(digits[..<2]) {
    case 1...4, 6, 10...24, 27, 30, 35, 38:
      let isOld = IdentifierText.number(digits[6..<13]) < 990_000
      let branch = isOld ? [0, 0, 6, 3, 7, 9] : [0, 0, 0, 0, 0, 0]
      return Rule(weights: branch + [0, 10, 5, 8, 4, 2, 1], fold: 11, modulus: 11)
    case 8: return Rule(weights: [0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1], fold: 11, modulus: 11)
    case 9: return Rule(weights: [0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 1], fold: 9, modulus: 11)
    case 25, 33: return Rule(weights: [0, 0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1], fold: 10, modulus: 10)
    case 26, 28, 29: return Rule(weights: [0, 0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1], fold: 9, modulus: 10)
    case 5, 31, 88: return Rule(weights: [], fold: 1, modulus: 1)
    default: return nil
    }
  }
}
