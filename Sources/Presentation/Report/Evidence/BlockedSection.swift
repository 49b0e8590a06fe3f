internal import Evidence

/// What was stopped, by the rule that stopped it, and how to get another answer.
struct BlockedSection {
  let report: RunReport
  let choice: ExchangeChoice

  private struct Answer: Hashable {
    let rule: RuleReference
    let remedy: String
    let action: Action
  }

  private typealias Stop = (answer: Answer, exchanges: [Exchange])

  var section: ReportSection {
    ReportSection("blocked", "What was stopped, and how to allow it") {
      let stops = stops
      if stops.isEmpty {
        paragraph { "Nothing was stopped." }
      } else {
        for stop in stops.prefix(ReportLimits.rows) { html(stop) }
        if stops.count > ReportLimits.rows {
          paragraph("rest") {
            "\((stops.count - ReportLimits.rows).counted("more answer")) with "
            "\(stops.dropFirst(ReportLimits.rows).saturatingSum(\.exchanges.count).counted("exchange")) "
            "are in report.json."
          }
        }
      }
    }
  }

  /// One for each rule and remedy: the same request stopped a hundred times is one thing to allow.
  private var stops: [Stop] {
    let stopped = report.exchanges.filter(\.isStopped)
    return Dictionary(grouping: stopped) {
      Answer(rule: $0.decision.rule, remedy: $0.decision.remedy, action: $0.decision.action)
    }.map { (answer: $0.key, exchanges: $0.value) }.sorted { left, right in
      (right.exchanges.count, left.exchanges[0].sequence) < (left.exchanges.count, right.exchanges[0].sequence)
    }
  }

  private func html(_ stop: Stop) -> HTML {
    let rule = stop.answer.rule
    let groups = ExchangeGroup.groups(of: stop.exchanges)
    return element("article", .class("stop")) {
      element("h3") {
        stop.answer.action.badge
        " \(rule.name) "
        element("span", .class("sums")) { "\(stop.exchanges.count.grouped) ×, rule at \(rule.file):\(rule.line)" }
      }
      element("ul", .class("plain")) {
        for group in groups.prefix(ReportLimits.destinationsOfFile) {
          element("li") {
            group.key.purpose.mark.html
            " "
            element("span", .class("host")) { group.key.destination.shortText }
            ": "
            links(group.exchanges)
          }
        }
        if groups.count > ReportLimits.destinationsOfFile {
          element("li") { "and \((groups.count - ReportLimits.destinationsOfFile).counted("more destination"))" }
        }
      }
      if stop.answer.remedy.isEmpty {
        paragraph {
          "The report names no way to allow it"
          if let reason = stop.exchanges[0].decision.reasons.last { ": \(reason.statement)" } else { "." }
        }
      } else {
        Remedy(stop.answer.remedy).html
      }
    }
  }

  @HTMLBuilder private func links(_ exchanges: [Exchange]) -> HTML {
    for (position, exchange) in exchanges.prefix(ReportLimits.exchangesOfFile).enumerated() {
      if position > 0 { ", " }
      choice.link(exchange.sequence)
    }
    let more = exchanges.count - ReportLimits.exchangesOfFile
    if more > 0 { " and \(more.grouped) more" }
  }
}
