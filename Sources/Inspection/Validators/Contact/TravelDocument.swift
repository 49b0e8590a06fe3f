/// Machine-readable zones of passports, visas and identity cards: check digits by 7-3-1 over every field.
///
/// - Source: ICAO Doc 9303 parts 3 to 7.
enum TravelDocument {
  /// Two lines of 44 (TD3, visa A), two of 36 (TD2, visa B), or three of 30 (TD1).
  static func check(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 100 else { return .refuted }
    let lines = text.split { !isOfZone($0) }.map(Array.init)
    let widths = lines.map(\.count)
    let isRight: Bool
    switch widths {
    case [44, 44] where lines[0].first == UInt8(ascii: "P"): isRight = isPassport(lines[1])
    case [36, 36] where lines[0].first != UInt8(ascii: "V"): isRight = isCard(lines[1])
    case [44, 44], [36, 36]: isRight = hasFields(lines[1])
    case [30, 30, 30]: isRight = isSmallCard(lines[0], lines[1])
    default: return .refuted
    }
    guard isRight else { return .refuted }
    // Utopia is where specimens are from, D<< and others being real.
    return lines[0][2..<5].elementsEqual("UTO".utf8) ? .documented : .confirmed
  }

  private static func isOfZone(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || byte == UInt8(ascii: "<")
  }

  /// Number, date of birth and date of expiry, each with its check digit, at the places that two-line documents share.
  private static func hasFields(_ line: [UInt8]) -> Bool {
    holds(line[0..<9], line[9]) && holds(line[13..<19], line[19]) && holds(line[21..<27], line[27])
  }

  private static func isPassport(_ line: [UInt8]) -> Bool {
    let isPersonal = holds(line[28..<42], line[42]) || line[28..<43].allSatisfy { $0 == UInt8(ascii: "<") }
    return hasFields(line) && isPersonal && holds(line[0..<10] + line[13..<20] + line[21..<43], line[43])
  }

  private static func isCard(_ line: [UInt8]) -> Bool {
    hasFields(line) && holds(line[0..<10] + line[13..<20] + line[21..<35], line[35])
  }

  /// A number that is longer goes on in the optional data, and has `<` in its check digit's place.
  private static func isSmallCard(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    let isNumber = first[14] == UInt8(ascii: "<") || holds(first[5..<14], first[14])
    return isNumber && holds(second[0..<6], second[6]) && holds(second[8..<14], second[14])
      && holds(first[5..<30] + second[0..<7] + second[8..<15] + second[18..<29], second[29])
  }

  private static func holds(_ field: some Collection<UInt8>, _ check: UInt8) -> Bool {
    let sum = field.enumerated().reduce(0) { sum, item in sum + value(item.element) * [7, 3, 1][item.offset % 3] }
    return sum % 10 == Int(check) - 0x30
  }

  private static func value(_ byte: UInt8) -> Int {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x5a: Int(byte) - 0x37
    default: 0
    }
  }
}
