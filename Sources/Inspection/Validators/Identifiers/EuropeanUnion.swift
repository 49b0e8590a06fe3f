/// Numbers that the Union gives, and Andorra's.
enum EuropeanUnion {
  /// ISO 3166-1 numbers of the states where one can register; 900 is Northern Ireland.
  private static let states: Set<Int> = [
    40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 372, 380, 428, 440, 442, 470, 528, 616, 620, 642,
    703, 705, 724, 752, 900,
  ]

  /// One Stop Shop: `EU` and nine digits, or `IM` and ten, the first three of them the state.
  ///
  /// - Source: Directive 2006/112/EC, title XII chapter 6; python-stdnum `eu.oss`.
  static func oss(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    let isUnion = values.starts(with: [14, 30]) && values.count == 11
    let isImport = values.starts(with: [18, 22]) && values.count == 12
    guard isUnion || isImport, values.dropFirst(2).allSatisfy({ $0 < 10 }) else { return .refuted }
    return Validator.Verdict(states.contains(EuropeanNumber.part(values, 2, 3)))
  }
}

/// Andorra's numbers.
enum Andorra {
  /// NRT: the kind of person, six digits whose range depends on it, a control letter by a rule that is not published.
  ///
  /// - Source: OECD, "Andorra – Information on Tax Identification Numbers"; python-stdnum `ad.nrt`.
  static func nrt(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text), values.count == 8, values[7] > 9,
      values[1..<7].allSatisfy({ $0 < 10 }), EuropeanNumber.index(values[0], in: "ACDEFGLOPU") != nil
    else { return .refuted }
    let number = EuropeanNumber.part(values, 1, 6)
    switch values[0] {
    case 15: return Validator.Verdict(number <= 699_999)
    case 10, 21: return Validator.Verdict((700_000...799_999).contains(number))
    default: return .confirmed
    }
  }
}
