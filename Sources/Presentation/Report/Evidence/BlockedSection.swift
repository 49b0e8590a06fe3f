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
        for (way, stops) in Array(stops.prefix(ReportLimits.rows)).grouped(by: Self.way) { html(stops, way) }
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

  /// One for each rule and remedy: the same request stopped a hundred times is one thing to allow. What several of them
  /// share is told once, below them.
  private var stops: [Stop] {
    let stopped = report.exchanges.filter(\.isStopped)
    return Dictionary(grouping: stopped) {
      Answer(rule: $0.decision.rule, remedy: $0.decision.remedy, action: $0.decision.action)
    }.map { (answer: $0.key, exchanges: $0.value) }.sorted { left, right in
      (right.exchanges.count, left.exchanges[0].sequence) < (left.exchanges.count, right.exchanges[0].sequence)
    }
  }

  /// What is printed once for all that share it: the remedy, or, where there is none, nothing.
  private enum Way: Hashable {
    case remedy(String)
    case none(Answer)
  }

  private static func way(_ stop: Stop) -> Way {
    stop.answer.remedy.isEmpty ? .none(stop.answer) : .remedy(stop.answer.remedy)
  }

  private func html(_ stops: [Stop], _ way: Way) -> HTML {
    element("article", .class("stop")) {
      for stop in stops { head(stop) }
      switch way {
      case .remedy(let remedy):
        if stops.count > 1 {
          paragraph("remark") { stops.count == 2 ? "For both of these:" : "For all \(stops.count.grouped) of these:" }
        }
        Remedy(remedy).html
      case .none:
        paragraph {
          "The report names no way to allow it"
          if let reason = stops[0].exchanges[0].decision.reasons.last { ": \(reason.statement)" } else { "." }
        }
      }
    }
  }

  @HTMLBuilder private func head(_ stop: Stop) -> HTML {
    let rule = stop.answer.rule
    let groups = ExchangeGroup.groups(of: stop.exchanges)
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
