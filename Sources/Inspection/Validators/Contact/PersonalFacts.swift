/// Days and places of people.
enum PersonalFacts {
  /// A day on which somebody who lives may be born, in any order of year, month and day.
  static func birthDate(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 40 else { return .refuted }
    let fields = text.split { !(0x30...0x39).contains($0) }.map { field in field.map { Int($0) - 0x30 } }
    if fields.count == 1, let digits = fields.first, digits.count == 8 {
      return Validator.Verdict(
        isBirthday(digits.prefix(4), digits[4..<6], digits.suffix(2))
          || isBirthday(digits.suffix(4), digits.prefix(2), digits[2..<4]))
    }
    let hasLetters = text.contains { $0 >= 0x80 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }
    if fields.count == 2 { return Validator.Verdict(hasLetters && fields.contains { isYear($0) }) }
    guard fields.count == 3 else { return .refuted }
    return Validator.Verdict(
      isBirthday(fields[0], fields[1], fields[2]) || isBirthday(fields[2], fields[0], fields[1]))
  }

  private static func isYear(_ digits: some Collection<Int>) -> Bool {
    digits.count == 4 && (1900...2030).contains(IdentifierText.number(digits))
  }

  private static func isBirthday(
    _ year: some Collection<Int>, _ first: some Collection<Int>, _ second: some Collection<Int>
  ) -> Bool {
    guard year.count == 2 || isYear(year), first.count <= 2, second.count <= 2 else { return false }
    let days = (IdentifierText.number(first), IdentifierText.number(second))
    let number = IdentifierText.number(year)
    if year.count == 2 {
      return CalendarDate.exists(shortYear: number, month: days.0, day: days.1)
        || CalendarDate.exists(shortYear: number, month: days.1, day: days.0)
    }
    return CalendarDate.exists(year: number, month: days.0, day: days.1)
      || CalendarDate.exists(year: number, month: days.1, day: days.0)
  }

  /// Two decimal numbers, latitude and longitude or the other way round, neither of them about zero.
  static func coordinates(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 200 else { return .refuted }
    let numbers = text.split { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ".") }.filter {
      $0.contains(UInt8(ascii: ".")) && $0.contains { (0x30...0x39).contains($0) }
    }
    guard numbers.count == 2 else { return .refuted }
    let degrees = numbers.map { number in
      number.prefix { $0 != UInt8(ascii: ".") }.prefix(4).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    let isPair = degrees[0] <= 90 && degrees[1] <= 180 || degrees[1] <= 90 && degrees[0] <= 180
    return Validator.Verdict(isPair && numbers.allSatisfy { number in number.contains { $0 > 0x30 } })
  }
}
