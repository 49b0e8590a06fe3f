extension RunSummary {
  /// What was stopped by which rule; what would let it through stands once, below the first rule that it is for, and the
  /// others follow.
  func blocked(_ detail: SummaryDetail) -> SummarySection {
    let groups = bill.blockedRules.sorted { $0.count > $1.count }.grouped { rule -> Answer in
      if rule.remedy.isEmpty { return .none(rule) }
      return fits(rule.remedy, detail.sentenceLines) ? .remedy(rule.remedy) : .elsewhere
    }
    var entries: [[Line]] = []
    for (answer, rules) in groups {
      for (position, rule) in rules.enumerated() {
        let hasRemedy = position == 0 && (entries.isEmpty || detail != .firstRemedy)
        entries.append(
          lines(rule, limit: detail.sentenceLines)
            + (hasRemedy ? lines(answer, for: rules.count, limit: detail.sentenceLines) : []))
      }
    }
    return SummarySection(label: "blocked", entries: entries)
  }

  /// What is said of how to get another answer.
  private enum Answer: Hashable {
    /// There is no way.
    case none(RunBill.BlockedRule)
    case remedy(String)
    /// It is too long: a remedy cut in its middle helps nobody. It is in the report.
    case elsewhere
  }

  private func lines(_ rule: RunBill.BlockedRule, limit: Int) -> [Line] {
    let count = Piece(rule.count == 1 ? "" : "\(rule.count.grouped) × ", .bad)
    // The space stays whatever is cut.
    let gap = rule.place.isEmpty ? "" : "  "
    let place = Piece(gap + Piece(rule.place).cut(to: room / 2 - gap.count, .atStart).text, .muted)
    let indentation = Piece(String(repeating: " ", count: count.width))
    var lines = Paragraph(rule.sentence, columns: room - count.width - place.width, limit: limit).lines
      .enumerated().map { Line($0 == 0 ? count : indentation, Piece($1)) }
    if !lines.isEmpty { lines[lines.count - 1].append(place) }
    return lines
  }

  private func lines(_ answer: Answer, for rules: Int, limit: Int) -> [Line] {
    let sentence: String
    switch answer {
    case .none: return []
    case .remedy(let remedy):
      let whole = rules == 1 ? remedy : "for this and the next \((rules - 1).grouped): \(remedy)"
      sentence = fits(whole, limit) ? whole : elsewhere(rules)
    case .elsewhere: sentence = elsewhere(rules)
    }
    return Paragraph(sentence, columns: room - 2, limit: limit).lines.enumerated().map {
      Line(Piece($0 == 0 ? "→ " : "  ", .muted), Piece($1, .muted))
    }
  }

  private func elsewhere(_ rules: Int) -> String {
    let place = bill.reportPath == nil ? "sallyport report --output DIR" : "see the report named below"
    return rules == 1
      ? "how to let it through: \(place)" : "to let this and the next \((rules - 1).grouped) through: \(place)"
  }

  private func fits(_ sentence: String, _ limit: Int) -> Bool {
    Paragraph(sentence, columns: room - 2, limit: limit + 1).lines.count <= limit
  }
}
