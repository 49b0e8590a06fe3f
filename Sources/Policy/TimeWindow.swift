internal import Evidence
internal import Foundation

/// Hours of a week in one time zone; a window past midnight belongs to the day it begins on.
struct TimeWindow: Sendable, Hashable {
  enum Day: String, Sendable, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun
  }

  /// Indices of ``Day``.
  let days: Set<Int>
  /// Minutes of the day; equal ends mean the whole day.
  let from: Int
  let to: Int
  let zone: Zone

  enum Zone: Sendable, Hashable {
    case fixed(secondsFromUTC: Int)
    case named(TimeZone)
  }

  static let everyDay = Set(0..<7)

  func contains(_ time: Timestamp) -> Bool {
    let seconds = time.millisecondsSinceEpoch.floored(by: 1000)
    let offset: Int64
    switch zone {
    case .fixed(let seconds): offset = Int64(seconds)
    case .named(let zone):
      offset = Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
    let local = seconds + offset
    let day = local.floored(by: 86_400)
    let minute = Int(local - day * 86_400) / 60
    // 1970-01-01 was a Thursday.
    let weekday = Int((day + 3) - (day + 3).floored(by: 7) * 7)
    if from == to { return days.contains(weekday) }
    if from < to { return days.contains(weekday) && (from..<to).contains(minute) }
    return (days.contains(weekday) && minute >= from) || (days.contains((weekday + 6) % 7) && minute < to)
  }

  /// Whether the other window lies within it; also false where only the calendar could tell.
  func covers(_ other: TimeWindow) -> Bool {
    let isWhole = from == to || (from == 0 && to == 24 * 60)
    if isWhole, days == Self.everyDay { return true }
    return zone == other.zone && days.isSuperset(of: other.days) && from == other.from && to == other.to
  }

  /// `mon`, `mon-fri`, `fri-mon`.
  static func days(_ text: String) -> Set<Int>? {
    let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map { name in
      Day.allCases.firstIndex { $0.rawValue == name }
    }
    switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
    case (1, let day?, _): return [day]
    case (2, let first?, let last?):
      return Set((0...((last - first + 7) % 7)).map { (first + $0) % 7 })
    default: return nil
    }
  }

  /// `08:00`; `24:00` only as an end.
  static func minute(_ text: String) -> Int? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(String(decoding: parts[0], as: UTF8.self)),
      let minute = Int(String(decoding: parts[1], as: UTF8.self)), minute < 60,
      hour < 24 || (hour == 24 && minute == 0)
    else { return nil }
    return hour * 60 + minute
  }

  /// `UTC`, `local`, `+02:00`, or an IANA name such as `Europe/Berlin`.
  static func zone(_ text: String) -> Zone? {
    if text == "UTC" { return .fixed(secondsFromUTC: 0) }
    if text == "local" { return .named(.current) }
    if text.hasPrefix("+") || text.hasPrefix("-") {
      guard let minutes = minute(String(text.dropFirst())), minutes <= 14 * 60 else { return nil }
      return .fixed(secondsFromUTC: minutes * 60 * (text.hasPrefix("-") ? -1 : 1))
    }
    guard TimeZone.knownTimeZoneIdentifiers.contains(text) else { return nil }
    return TimeZone(identifier: text).map(Zone.named)
  }

  static var zoneNames: [String] { ["UTC", "local"] + TimeZone.knownTimeZoneIdentifiers }
}

extension Int64 {
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
