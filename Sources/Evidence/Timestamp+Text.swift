extension Timestamp {
  /// Reads what ``description`` writes, and nothing else of RFC 3339: `2026-11-20T12:00:00.123Z`.
  ///
  /// - Returns: `nil` where the text is of another form, or no moment of the proleptic Gregorian calendar.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[23] == UInt8(ascii: "Z"), bytes[4] == 0x2d,
      bytes[7] == 0x2d, bytes[13] == 0x3a, bytes[16] == 0x3a, bytes[19] == 0x2e
    else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      bytes[range].reduce(Int64?.some(0)) { sum, byte in
        (0x30...0x39).contains(byte) ? sum.map { $0 * 10 + Int64(byte - 0x30) } : nil
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), let millisecond = number(20..<23),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    // The year begins in March, so that the leap day is its last.
    let shiftedYear = month > 2 ? year : year - 1
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let leapDays = Self.quotient(shiftedYear, 4) - Self.quotient(shiftedYear, 100) + Self.quotient(shiftedYear, 400)
    let days = 365 * shiftedYear + leapDays + dayOfYear - 719_468
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
    self.init(millisecondsSinceEpoch: seconds * 1000 + millisecond)
    guard description == text else { return nil }
  }

  /// Rounded down, so that years before the first count as those after it.
  private static func quotient(_ number: Int64, _ divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
  }
}
