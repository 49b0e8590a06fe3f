/// Reads durations: `500ms`, `30s`, `5m`, `1h`.
package enum DurationText {
  package static let form = "a duration such as 500ms, 30s, 5m or 1h"

  /// - Returns: `nil` for anything else, or more than a year.
  package static func parse(_ text: String) -> Duration? {
    let units: [(name: String, milliseconds: Int)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
    guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
    let digits = text.dropLast(unit.name.count).trimmedSpaces
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
      number <= 366 * 24 * 3_600_000 / unit.milliseconds
    else { return nil }
    return .milliseconds(number * unit.milliseconds)
  }
}
