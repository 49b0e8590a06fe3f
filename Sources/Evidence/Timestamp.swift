#if canImport(Glibc)
  internal import Glibc
#endif

/// A moment in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Sendable, Hashable, Comparable {
  package let millisecondsSinceEpoch: Int64

  package init(millisecondsSinceEpoch: Int64) {
    self.millisecondsSinceEpoch = millisecondsSinceEpoch
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
  }
}

extension Timestamp: CustomStringConvertible {
  /// `2026-11-20T12:00:00.123Z` (RFC 3339 §5.6).
  package var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(Self.usualBytes)
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static let usualBytes = 24

  /// ``description``, where a text is being written.
  func append(to text: inout [UInt8]) {
    let (days, millisecondOfDay) = millisecondsSinceEpoch.floorDivided(by: 86_400_000)
    let (year, month, day) = Self.civil(daysSinceEpoch: days)
    let second = millisecondOfDay / 1000
    Self.append(year, 4, "-", to: &text)
    Self.append(month, 2, "-", to: &text)
    Self.append(day, 2, "T", to: &text)
    Self.append(second / 3600, 2, ":", to: &text)
    Self.append(second / 60 % 60, 2, ":", to: &text)
    Self.append(second % 60, 2, ".", to: &text)
    Self.append(millisecondOfDay % 1000, 3, "Z", to: &text)
  }

  private static func append(_ number: Int64, _ width: Int, _ end: Unicode.Scalar, to text: inout [UInt8]) {
    let digits = String(number).utf8
    for _ in 0..<max(0, width - digits.count) { text.append(UInt8(ascii: "0")) }
    text.append(contentsOf: digits)
    text.append(UInt8(ascii: end))
  }

  /// The proleptic Gregorian date, counted in eras of 400 years from 1 March of year 0.
  private static func civil(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (daysSinceEpoch + 719_468).floorDivided(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Int64 {
  fileprivate func floorDivided(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// The one clock that dates evidence; tests and the probe put their own in its place.
package struct WallClock: Sendable {
  package let now: @Sendable () -> Timestamp

  package init(now: @escaping @Sendable () -> Timestamp) {
    self.now = now
  }

  package static let system = WallClock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
