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

  /// Destinations that are named; the sum of the others follows.
  private static let named = 2

  init(_ report: RunReport) {
    var sentence = Draft()
    let receivers = Self.receivers(of: report)
    if receivers.isEmpty {
      sentence.withoutLines(report)
    } else {
      for (position, receiver) in receivers.prefix(Self.named).enumerated() {
        sentence.add(position == 0 ? "" : "; ")
        sentence.add(figure: receiver.files.counted("file") + ", " + receiver.lines.counted("line"))
        sentence.add(" to \(receiver.key.destination.shortText) (\(receiver.key.purpose.rawValue))")
      }
      let others = receivers.dropFirst(Self.named)
      if !others.isEmpty {
        sentence.add("; ")
        sentence.add(figure: others.saturatingSum(\.lines).counted("line"))
        sentence.add(" to \(others.count.counted("other destination"))")
      }
      if !receivers.contains(where: { $0.key.purpose == .telemetry }) {
        sentence.add("; ")
        sentence.add(figure: "0")
        sentence.add(" to telemetry")
      }
    }
    sentence.add(".")
    parts = sentence.parts
  }

  var html: HTML {
    HTMLBuilder.buildArray(parts.map { part in part.isFigure ? element("b") { part.text } : .text(part.text) })
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

    mutating func withoutLines(_ report: RunReport) {
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
      let isKnown = report.exchanges.contains { $0.forwardedBytes > 0 && $0.attributed.gap != .off }
      add(isKnown ? "; no line of a file was in it" : "; which files were in it was not looked into")
    }
  }
}
