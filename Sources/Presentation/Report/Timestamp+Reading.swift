internal import Evidence

extension Timestamp {
  /// `20 November 2026, 13:05:12 UTC`.
  var reading: String {
    let text = description
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    let parts = text.prefix { $0 != "T" }.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return text }
    return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0]), \(clock) UTC"
  }

  /// `13:05:12`.
  var clock: String { String(description.drop { $0 != "T" }.dropFirst().prefix(8)) }

  /// `13:05:12.250`.
  var exactClock: String { String(description.drop { $0 != "T" }.dropFirst().prefix(12)) }
}

extension RunReport {
  /// Nothing where the clock was set back in the run.
  var duration: Duration {
    .milliseconds(max(0, ended.millisecondsSinceEpoch - started.millisecondsSinceEpoch))
  }
}
