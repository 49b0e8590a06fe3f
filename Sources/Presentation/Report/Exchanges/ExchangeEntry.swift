internal import Evidence

/// One exchange: a line, and beneath it everything that is known of it.
struct ExchangeEntry {
  let exchange: Exchange
  /// Whose exchanges are told apart by milliseconds.
  let isShortRun: Bool

  var html: HTML {
    fold(summary, id: exchange.anchor, style: "exchange") {
      element("dl", .class("facts")) {
        fact("Request") { code("\(exchange.method) \(exchange.path)") }
        decision
        findings
        sources
        bytes
        connection
        ledger
      }
    }
  }

  @HTMLBuilder private var summary: HTML {
    element("span", .class("sequence")) { "#\(exchange.sequence)" }
    " "
    element("time", Attribute("datetime", exchange.started.description)) {
      isShortRun ? exchange.started.exactClock : exchange.started.clock
    }
    " "
    exchange.decision.action.badge
    " "
    element("span", .class("request")) { "\(exchange.method) \(exchange.path)" }
    " "
    if !exchange.findings.isEmpty {
      " "
      element("span", .class("flag")) { exchange.findings.count.counted("finding") }
    }
    if exchange.answerDecision?.action == .block {
      " "
      element("span", .class("flag")) { "answer ended" }
    }
    if exchange.isUninspected {
      " "
      element("span", .class("flag")) { "uninspected" }
    }
    " "
    if !exchange.attributed.sources.isEmpty {
      element("span", .class("sources")) { SourceList(exchange.attributed.sources).amount }
      " "
    }
    element("span", .class("size")) { ByteCount(exchange.forwardedBytes).description + " out" }
  }

  @HTMLBuilder private var decision: HTML {
    let rule = exchange.decision.rule
    fact("Rule") {
      rule.name
      " at "
      code("\(rule.file):\(rule.line)")
    }
    if !exchange.decision.reasons.isEmpty {
      fact("Why") {
        element("ol") {
          for reason in exchange.decision.reasons.prefix(ReportLimits.detailsOfExchange) {
            element("li") { "\(reason.subject): \(reason.statement)" }
          }
          rest(of: exchange.decision.reasons.count)
        }
      }
    }
    if let answer = exchange.answerDecision {
      fact(answer.action == .block ? "Its answer was ended" : "Its answer") {
        "by "
        answer.rule.name
        " at "
        code("\(answer.rule.file):\(answer.rule.line)")
        element("ol") {
          for reason in answer.reasons.prefix(ReportLimits.detailsOfExchange) {
            element("li") { "\(reason.subject): \(reason.statement)" }
          }
        }
        if !answer.remedy.isEmpty { Remedy(answer.remedy).html }
      }
    }
    if !exchange.decision.remedy.isEmpty {
      fact("To allow it") {
        Remedy(exchange.decision.remedy).html
        // On paper, where it stands once for all exchanges that it is for.
        element("span", .class("paper")) { "see what was stopped, and how to allow it" }
      }
    }
  }

  @HTMLBuilder private var findings: HTML {
    if !exchange.findings.isEmpty {
      fact("Findings") {
        element("ul") {
          for finding in exchange.findings.prefix(ReportLimits.detailsOfExchange) {
            element("li") {
              element("b") { finding.detector }
              if let row = finding.ownRow { " of your table \(row.table)" }
              " (\(finding.dataClass.rawValue), grade \(finding.grade.rawValue)) in \(finding.place), "
              "bytes \(finding.span.start.grouped) to \(finding.span.end.grouped)"
              if !finding.layers.isEmpty { ", under \(finding.layers.joined(separator: ", then "))" }
              if let fingerprint = finding.fingerprint {
                ", fingerprint "
                element("code") { fingerprint }
              }
              if let entry = finding.allowedBy { ", let through by \(entry)" }
            }
          }
          rest(of: exchange.findings.count)
        }
      }
    }
  }

  @HTMLBuilder private var sources: HTML {
    let attributed = exchange.attributed
    if !attributed.sources.isEmpty || attributed.gap != .off {
      fact("From files") {
        if attributed.sources.isEmpty {
          "nothing"
        } else {
          if attributed.share > 0 {
            "\(max(1, Int((attributed.share * 100).rounded()))) % of its content"
          } else {
            "a part of its content"
          }
          SourceList(attributed.sources).html
        }
        if attributed.commonLines > 0 {
          paragraph("remark") {
            "\(attributed.commonLines.counted("line")) stand in so many files that they are nobody's in particular."
          }
        }
        if let gap = attributed.gap { paragraph("remark") { gap.sentence } }
      }
    }
  }

  private var bytes: HTML {
    fact("Bytes") {
      "\(exchange.requestBytes.grouped) sent by the client, \(exchange.inspectedBytes.grouped) inspected, "
      "\(exchange.forwardedBytes.grouped) let go, \(exchange.responseBytes.grouped) came back"
      if exchange.restored > 0 { ", \(exchange.restored.counted("placeholder")) of it put back" }
      if let status = exchange.status { "; the client was given status \(status)" }
    }
  }

  private var connection: HTML {
    fact("Connection") {
      code(exchange.destination.description)
      if let address = exchange.address { ", connected to \(address)" }
      ", \(exchange.protocolName.rawValue)"
      if let program = exchange.program {
        ", by "
        path(program)
      }
      if let endpoint = exchange.endpoint { ", known as \(endpoint)" }
    }
  }

  @HTMLBuilder private var ledger: HTML {
    if let index = exchange.ledgerIndex {
      fact("Proof") {
        code("sallyport log prove \(index)")
      }
    }
  }

  @HTMLBuilder private func rest(of count: Int) -> HTML {
    if count > ReportLimits.detailsOfExchange {
      element("li") { "and \((count - ReportLimits.detailsOfExchange).grouped) more, in report.json" }
    }
  }
}
