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
    let left = RunBill.Left.of(report.exchanges)
    let most = RunBill.Left.most(left)
    var sentence = Draft()
    if most.isEmpty {
      sentence.addBytes(report, Comparison(report.exchanges))
    } else {
      for (position, receiver) in most.prefix(Self.named).enumerated() {
        sentence.add(position == 0 ? "" : "; ")
        sentence.add(figure: receiver.amount)
        sentence.add(receiver.isCertain ? " to " : " at least to ")
        sentence.add("\(receiver.destination) (\(receiver.purpose.rawValue))")
      }
      let others = most.dropFirst(Self.named)
      if !others.isEmpty {
        sentence.add("; ")
        sentence.add(figure: others.saturatingSum(\.lines).counted("line"))
        sentence.add(" to \(others.count.counted("other destination"))")
      }
      sentence.add(NothingLeft(left))
    }
    sentence.add(".")
    parts = sentence.parts
  }

  private struct Draft {
    var parts: [Part] = []

    mutating func add(_ text: String) { parts.append(Part(text: text, isFigure: false)) }
    mutating func add(figure: String) { parts.append(Part(text: figure, isFigure: true)) }

    mutating func add(_ nothing: NothingLeft) {
      let parts = nothing.parts
      if !parts.isEmpty { add("; ") }
      for part in parts { self.parts.append(Part(text: part.text, isFigure: part.kind == .figure)) }
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
