internal import Evidence

/// When what went where: a lane for each purpose and destination, a mark for each exchange, or for several that are too near to
/// each other to be told apart.
struct Timeline {
  let start: Timestamp
  /// From ``start``, at least 1.
  let milliseconds: Double
  let lanes: [Lane]

  struct Lane {
    let label: String
    /// `nil` where several are put together.
    let purpose: Purpose?
    let exchanges: [Exchange]

    var stopped: Int { exchanges.count { $0.isStopped } }
  }

  /// Marks at one place.
  struct Mark: Hashable {
    /// From 0 to the number of columns.
    let column: Int
    let purpose: Purpose
    let isStopped: Bool
  }

  private static let mostLanes = 16

  init(_ report: RunReport) {
    start = report.started
    let last = report.exchanges.map(\.started).max() ?? report.ended
    milliseconds = Double(max(1, max(report.ended, last).millisecondsSinceEpoch - start.millisecondsSinceEpoch))
    let groups = ExchangeGroup.groups(of: report.exchanges)
      .sorted { ($1.exchanges.count, $0.key) < ($0.exchanges.count, $1.key) }
    let named = groups.count > Self.mostLanes ? groups.prefix(Self.mostLanes - 1) : groups[...]
    let others = groups.dropFirst(named.count)
    var lanes = named.map {
      Lane(label: $0.key.destination.shortText, purpose: $0.key.purpose, exchanges: $0.exchanges)
    }
    // In the order in which they were first spoken to.
    lanes.sort { ($0.exchanges.first?.sequence ?? 0) < ($1.exchanges.first?.sequence ?? 0) }
    if !others.isEmpty {
      lanes.append(
        Lane(label: "\(others.count.grouped) others", purpose: nil, exchanges: others.flatMap(\.exchanges)))
    }
    self.lanes = lanes
  }

  /// - Returns: what stands in a lane, with how many exchanges each mark is for.
  func marks(_ lane: Lane, columns: Int) -> [(mark: Mark, count: Int, first: Exchange)] {
    var marks: [Mark: (count: Int, first: Exchange)] = [:]
    for exchange in lane.exchanges {
      let mark = Mark(
        column: Int((place(exchange.started) * Double(columns)).rounded()), purpose: exchange.purpose,
        isStopped: exchange.isStopped)
      marks[mark, default: (0, exchange)].count += 1
    }
    return marks.map { ($0.key, $0.value.count, $0.value.first) }.sorted { left, right in
      (left.mark.column, left.first.sequence) < (right.mark.column, right.first.sequence)
    }
  }

  /// 0...1; what is dated outside of the run stands at its end.
  private func place(_ time: Timestamp) -> Double {
    min(1, max(0, Double(time.millisecondsSinceEpoch - start.millisecondsSinceEpoch) / milliseconds))
  }

  /// Round times from the start, not more than so many.
  func ticks(most: Int) -> [(place: Double, label: String)] {
    let steps: [Double] = [
      1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
      900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
    ]
    var step = steps.first { milliseconds / $0 <= Double(most) } ?? 86_400_000
    while milliseconds / step > Double(most) { step *= 2 }
    return (0...Int(milliseconds / step)).map { number in
      let time = Double(number) * step
      return (time / milliseconds, Self.label(Int(time), step: Int(step)))
    }
  }

  private static func label(_ milliseconds: Int, step: Int) -> String {
    if milliseconds == 0 { return "0" }
    if step < 1000, milliseconds < 1000 { return "\(milliseconds) ms" }
    let seconds = milliseconds / 1000
    if step < 1000 { return "\(seconds).\(milliseconds % 1000 / 100) s" }
    if step < 60_000 {
      return seconds < 60 ? "\(seconds) s" : "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }
    let minutes = seconds / 60
    if step < 3_600_000, minutes < 60 { return "\(minutes) min" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60)"
  }
}
