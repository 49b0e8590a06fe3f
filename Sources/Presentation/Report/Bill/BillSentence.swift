internal import Evidence

/// What left, in one sentence that a person understands at once: "14 files, 1,203 lines to api.anthropic.com (model);
/// 0 to telemetry."
struct BillSentence {
  let parts: [Part]

  struct Part {
    let text: String
    let isFigure: Bool
  }

  var text: String { parts.map(\.text).joined() }

  var html: HTML {
    HTMLBuilder.buildArray(parts.map { part in part.isFigure ? element("b") { part.text } : .text(part.text) })
  }

  /// Destinations that are named; the sum of the others follows.
  private static let named = 2

  init(_ report: RunReport) {
    let comparison = Comparison(report.exchanges)
    let receivers = Self.receivers(of: report)
    var sentence = Draft()
    if receivers.isEmpty {
      sentence.addBytes(report, comparison)
    } else {
      for (position, receiver) in receivers.prefix(Self.named).enumerated() {
        sentence.add(position == 0 ? "" : "; ")
        sentence.add(figure: "\(receiver.files.counted("file")), \(receiver.lines.counted("line"))")
        sentence.add(comparison.isWhole(to: receiver.key) ? " to " : " at least to ")
        sentence.add("\(receiver.key.destination.shortText) (\(receiver.key.purpose.rawValue))")
      }
      let others = receivers.dropFirst(Self.named)
      if !others.isEmpty {
        sentence.add("; ")
        sentence.add(figure: others.saturatingSum(\.lines).counted("line"))
        sentence.add(" to \(others.count.counted("other destination"))")
      }
      if !receivers.contains(where: { $0.key.purpose == .telemetry }) { sentence.addTelemetry(comparison) }
    }
    sentence.add(".")
    parts = sentence.parts
  }

  private typealias Receiver = (key: ExchangeGroup.Key, files: Int, lines: Int)

  private static func receivers(of report: RunReport) -> [Receiver] {
    var sums: [ExchangeGroup.Key: (files: Int, lines: Int)] = [:]
    for receiver in report.files.flatMap(\.destinations) where receiver.lines > 0 {
      let key = ExchangeGroup.Key(purpose: receiver.purpose, destination: receiver.destination)
      let sum = sums[key] ?? (0, 0)
      sums[key] = (sum.files + 1, sum.lines.saturatingSum(receiver.lines))
    }
    return sums.map { ($0.key, $0.value.files, $0.value.lines) }.sorted { left, right in
      left.lines == right.lines ? left.key < right.key : left.lines > right.lines
    }
  }

  private struct Draft {
    var parts: [Part] = []

    mutating func add(_ text: String) { parts.append(Part(text: text, isFigure: false)) }
    mutating func add(figure: String) { parts.append(Part(text: figure, isFigure: true)) }

    /// Nothing is claimed of what was not compared.
    mutating func addTelemetry(_ comparison: Comparison) {
      add("; ")
      if comparison.isWhole(to: .telemetry) {
        add(figure: "0")
        add(" to telemetry")
      } else {
        add("what went to telemetry was not compared in full")
      }
    }

    mutating func addBytes(_ report: RunReport, _ comparison: Comparison) {
      let groups = ExchangeGroup.groups(of: report.exchanges).filter { $0.forwardedBytes > 0 }
        .sorted { $0.forwardedBytes > $1.forwardedBytes }
      guard let first = groups.first else {
        add("Nothing was sent to anybody")
        return
      }
      add(figure: ByteCount(first.forwardedBytes).description)
      add(" to \(first.key.destination.shortText) (\(first.key.purpose.rawValue))")
      let others = groups.dropFirst()
      if !others.isEmpty {
        add(", ")
        add(figure: ByteCount(others.saturatingSum(\.forwardedBytes)).description)
        add(" to \(others.count.counted("other destination"))")
      }
      add(comparison.isWhole ? "; no lines of files were found in it" : comparison.sentence)
    }
  }
}
