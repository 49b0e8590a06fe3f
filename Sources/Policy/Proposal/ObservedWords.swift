internal import Evidence

/// What is said of exchanges in the comments of a proposal: their numbers and amounts, never what they said.
enum ObservedWords {
  /// `exchanges 1, 4-9 (7; 210000 bytes sent): POST api.anthropic.com:443/v1/messages`
  static func heading(_ group: ObservedGroup) -> String {
    let exchanges = group.exchanges
    let bytes = exchanges.reduce(0) { $0 + $1.requestBytes }
    let paths = group.paths.map { $0 ?? "a path that can be read in several ways" }
    let more = paths.count > 1 ? " and \(paths.count - 1) more path\(paths.count == 2 ? "" : "s")" : ""
    return shown(
      "\(named(exchanges.map(\.sequence))) (\(exchanges.count); "
        + "\(bytes) bytes sent): \(group.key.method) \(group.key.destination)\(paths.first ?? "")\(more)")
  }

  /// `exchange 3`, `exchanges 1, 4-9`
  static func named(_ sequence: [Int]) -> String {
    "exchange\(sequence.count == 1 ? "" : "s") \(numbers(sequence))"
  }

  private static func numbers(_ sequence: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in sequence.sorted() {
      if let last = ranges.last, number <= last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, number)
      } else {
        ranges.append(number...number)
      }
    }
    let texts = ranges.prefix(shownRanges).map { range in
      range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
    return texts.joined(separator: ", ") + (ranges.count > texts.count ? ", …" : "")
  }

  private static let shownRanges = 12

  /// `found inside: github-token (credential, grade block) in body: exchanges 3, 5`
  static func findings(_ exchanges: [Exchange]) -> [String] {
    var numbers: [(kind: String, sequence: [Int])] = []
    for exchange in exchanges {
      for kind in Set(exchange.findings.map { FindingKind($0).description }).sorted() {
        if let index = numbers.firstIndex(where: { $0.kind == kind }) {
          numbers[index].sequence.append(exchange.sequence)
        } else {
          numbers.append((kind, [exchange.sequence]))
        }
      }
    }
    var lines = numbers.prefix(PolicyLimits.explainedFindings).map { entry in
      shown("found inside: \(entry.kind): \(named(entry.sequence))")
    }
    if numbers.count > lines.count { lines.append("and \(numbers.count - lines.count) more kinds of findings") }
    return lines
  }

  /// On one line of a comment, whatever was in it.
  static func shown(_ text: String) -> String {
    let printable = text.unicodeScalars.prefix(PolicyLimits.proposedLineCharacters).map {
      PolicyReader.isPrintable(String($0)) ? String($0) : "·"
    }
    return printable.joined() + (text.unicodeScalars.count > printable.count ? "…" : "")
  }
}
