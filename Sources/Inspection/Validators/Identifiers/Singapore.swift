/// Identifiers of Singapore.
enum Singapore {
  /// NRIC and FIN: weights 2, 7, 6, 5, 4, 3, 2, an offset for the century, a letter of the series' table.
  ///
  /// - Source: Immigration & Checkpoints Authority; the tables as in idnumbers `sgp.NationalID` and GovTech FormSG.
  static func nric(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text, exactly: 9), IdentifierText.areDigits(values[1..<8]) else {
      return .refuted
    }
    let series: (offset: Int, letters: String)
    switch values[0] {
    case IdentifierText.value("S"): series = (0, "JZIHGFEDCBA")
    case IdentifierText.value("T"): series = (4, "JZIHGFEDCBA")
    case IdentifierText.value("F"): series = (0, "XWUTRQPNMLK")
    case IdentifierText.value("G"): series = (4, "XWUTRQPNMLK")
    case IdentifierText.value("M"): series = (3, "XWUTRQPNJLK")
    default: return .refuted
    }
    let rest = (series.offset + CheckDigits.weighted(values[1..<8], [2, 7, 6, 5, 4, 3, 2])) % 11
    let letters = IdentifierText.values(of: series.letters)
    return .init(letters[rest] == values[8])
  }

  /// Unique entity number: of businesses, of companies from a year, of others from a letter and a year.
  ///
  /// stdnum refuses years to come; there is no clock here.
  ///
  /// - Source: ACRA, "About UEN"; as python-stdnum `sg.uen`.
  static func uen(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let values = IdentifierText.values(text) else { return .refuted }
    switch (values.count, values.first ?? 0 > 9) {
    case (9, false): return .init(isBusiness(values))
    case (10, false): return .init(isCompany(values))
    case (10, true): return .init(isOther(values))
    default: return .refuted
    }
  }

  private static func isBusiness(_ values: [Int]) -> Bool {
    guard IdentifierText.areDigits(values[..<8]) else { return false }
    let rest = CheckDigits.weighted(values[..<8], [10, 4, 9, 3, 8, 2, 7, 1]) % 11
    return IdentifierText.values(of: "XMKECAWLJDB")[rest] == values[8]
  }

  private static func isCompany(_ values: [Int]) -> Bool {
    guard IdentifierText.areDigits(values[..<9]), IdentifierText.number(values[..<4]) < 2100 else { return false }
    let rest = CheckDigits.weighted(values[..<9], [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11
    return IdentifierText.values(of: "ZKCMDNERGWH")[rest] == values[9]
  }

  private static func isOther(_ values: [Int]) -> Bool {
    let types: Set = [
      "CC", "CD", "CH", "CL", "CM", "CP", "CS", "CX", "DP", "FB", "FC", "FM", "FN", "GA", "GB", "GS", "HS", "LL", "LP",
      "MB", "MC", "MD", "MH", "MM", "MQ", "NB", "NR", "PA", "PB", "PF", "RF", "RP", "SM", "SS", "TC", "TU", "VH", "XL",
    ]
    guard IdentifierText.values(of: "RST").contains(values[0]), IdentifierText.areDigits(values[1..<3]),
      types.contains(where: { IdentifierText.values(of: $0).elementsEqual(values[3..<5]) }),
      IdentifierText.areDigits(values[5..<9])
    else { return false }
    let alphabet = IdentifierText.values(of: "ABCDEFGHJKLMNPQRSTUVWX0123456789")
    let ranks = values.compactMap { alphabet.firstIndex(of: $0) }
    guard ranks.count == 10 else { return false }
    // Five is taken off; six is the same modulo 11.
    return (CheckDigits.weighted(ranks[..<9], [4, 3, 5, 3, 10, 2, 2, 5, 7]) + 6) % 11 == ranks[9]
  }
}
