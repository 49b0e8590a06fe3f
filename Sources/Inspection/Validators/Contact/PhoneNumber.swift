/// Telephone numbers, as far as numbering plans tell them from other digits.
enum PhoneNumber {
  /// `+` or `00`, a country's calling code, and as many digits as are dialled there.
  static func international(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = digits(text) else { return .refuted }
    let isLong = digits.starts(with: [0, 0]) && !text.contains(UInt8(ascii: "+"))
    guard let (code, national) = CallingCodes.split(isLong ? Array(digits.dropFirst(2)) : digits),
      Set(national).count > 2
    else { return .refuted }
    switch code {
    case 1: return northAmerican(national)
    case 44: return british(withoutTrunk(national))
    default:
      guard let plan = plans.first(where: { $0.value.code == code })?.value else { return .confirmed }
      return Validator.Verdict(plan.accepts(withoutTrunk(national)) || plan.accepts(national))
    }
  }

  /// `+44 (0)20 …`: the zero is not dialled.
  private static func withoutTrunk(_ national: [Int]) -> [Int] {
    national.first == 0 ? Array(national.dropFirst()) : national
  }

  /// The digits without what people set between them, and without the `(0)` that is not dialled from abroad.
  private static func digits(_ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    guard text.count <= 40 else { return nil }
    var digits: [Int] = []
    for (index, byte) in text.enumerated() {
      if byte == 0x30, text[..<index].last == UInt8(ascii: "("), text[(index + 1)...].first == UInt8(ascii: ")") {
        continue
      }
      switch byte {
      case 0x30...0x39: digits.append(Int(byte) - 0x30)
      case UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: " "), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "/"):
        continue
      default: return nil
      }
    }
    return digits
  }

  /// North American Numbering Plan: ten digits, perhaps with a 1 before them.
  static func northAmerican(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = digits(text) else { return .refuted }
    return northAmerican(digits.count == 11 && digits[0] == 1 ? Array(digits.dropFirst()) : digits)
  }

  /// Area code and exchange begin with 2 to 9 and are no service (N11); N9X is kept for a longer plan, 37X and 96X too;
  /// 555-0100 to 555-0199 is for stories.
  private static func northAmerican(_ digits: [Int]) -> Validator.Verdict {
    guard digits.count == 10, digits[0] > 1, digits[3] > 1, digits[1] != 9, Set(digits).count > 2,
      !(digits[1] == 1 && digits[2] == 1), !(digits[4] == 1 && digits[5] == 1),
      ![37, 96].contains(digits[0] * 10 + digits[1])
    else { return .refuted }
    return digits[3..<8] == [5, 5, 5, 0, 1] ? .documented : .confirmed
  }

  /// Ofcom, National Telephone Numbering Plan; 01632 960 and others are for drama.
  static func unitedKingdom(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard let digits = digits(text), digits.first == 0 else { return .refuted }
    return british(Array(digits.dropFirst()))
  }

  private static func british(_ national: [Int]) -> Validator.Verdict {
    guard let plan = plans["GB"], plan.accepts(national), Set(national).count > 2 else { return .refuted }
    let dramas = [[1, 6, 3, 2, 9, 6, 0], [2, 0, 7, 9, 4, 6, 0], [7, 7, 0, 0, 9, 0, 0]]
    return dramas.contains { national.starts(with: $0) } ? .documented : .confirmed
  }

  /// A number as it is written within its country.
  static func national(_ text: UnsafeBufferPointer<UInt8>, country: String) -> Validator.Verdict {
    guard let plan = plans[country], let digits = digits(text), Set(digits).count > 2 else { return .refuted }
    guard plan.hasTrunk else { return Validator.Verdict(plan.accepts(digits)) }
    guard let first = digits.first, first == plan.trunk else {
      return Validator.Verdict(!plan.needsTrunk && plan.accepts(digits))
    }
    return Validator.Verdict(plan.accepts(Array(digits.dropFirst())))
  }

  /// One country's plan: how long numbers are, and how they begin, without the trunk prefix.
  private struct Plan {
    let code: Int
    /// The digit dialled first within the country; -1 for none.
    var trunk = 0
    var needsTrunk = true
    let lengths: ClosedRange<Int>
    let beginnings: Set<Int>

    var hasTrunk: Bool { trunk >= 0 }

    func accepts(_ national: [Int]) -> Bool {
      guard let first = national.first else { return false }
      return lengths.contains(national.count) && beginnings.contains(first)
    }
  }

  /// - Source: ITU-T E.129 national numbering plans, as libphonenumber 9.0 sums them up.
  private static let plans: [String: Plan] = [
    "AR": Plan(code: 54, needsTrunk: false, lengths: 10...12, beginnings: [1, 2, 3, 9]),
    "AT": Plan(code: 43, lengths: 6...13, beginnings: Set(1...9)),
    "AU": Plan(code: 61, lengths: 9...9, beginnings: [2, 3, 4, 7, 8]),
    "BE": Plan(code: 32, lengths: 8...9, beginnings: Set(1...9)),
    "BR": Plan(code: 55, needsTrunk: false, lengths: 10...11, beginnings: Set(1...9)),
    "CH": Plan(code: 41, lengths: 9...9, beginnings: Set(2...9)),
    "CN": Plan(code: 86, needsTrunk: false, lengths: 9...11, beginnings: Set(1...9)),
    "DE": Plan(code: 49, lengths: 6...13, beginnings: Set(1...9)),
    "ES": Plan(code: 34, trunk: -1, lengths: 9...9, beginnings: Set(5...9)),
    "FR": Plan(code: 33, lengths: 9...9, beginnings: Set(1...9)),
    "GB": Plan(code: 44, lengths: 9...10, beginnings: [1, 2, 3, 5, 7, 8, 9]),
    "ID": Plan(code: 62, lengths: 8...12, beginnings: Set(2...9)),
    "IN": Plan(code: 91, needsTrunk: false, lengths: 10...10, beginnings: Set(1...9)),
    "IT": Plan(code: 39, trunk: -1, lengths: 6...11, beginnings: [0, 3, 8]),
    "JP": Plan(code: 81, lengths: 9...10, beginnings: Set(1...9)),
    "KR": Plan(code: 82, lengths: 8...10, beginnings: Set(1...8)),
    "MX": Plan(code: 52, trunk: -1, lengths: 10...10, beginnings: Set(2...9)),
    "NL": Plan(code: 31, lengths: 9...9, beginnings: Set(1...9)),
    "PL": Plan(code: 48, trunk: -1, lengths: 9...9, beginnings: Set(1...9)),
    "PT": Plan(code: 351, trunk: -1, lengths: 9...9, beginnings: Set(2...9)),
    "RU": Plan(code: 7, trunk: 8, lengths: 10...10, beginnings: [3, 4, 6, 7, 8, 9]),
    "SE": Plan(code: 46, lengths: 7...9, beginnings: Set(1...9)),
    "TR": Plan(code: 90, lengths: 10...10, beginnings: [2, 3, 4, 5, 8]),
    "UA": Plan(code: 380, lengths: 9...9, beginnings: Set(3...9)),
    "ZA": Plan(code: 27, lengths: 9...9, beginnings: Set(1...8)),
  ]
}
