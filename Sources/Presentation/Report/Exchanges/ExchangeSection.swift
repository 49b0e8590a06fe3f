internal import Evidence

/// Every exchange, by what it was for and with whom.
struct ExchangeSection {
  let report: RunReport
  let choice: ExchangeChoice

  var section: ReportSection {
    ReportSection("exchanges", "Exchanges") {
      if report.exchanges.isEmpty {
        paragraph { "There was none." }
      } else {
        paragraph("remark") {
          "\(report.exchanges.count.counted("exchange")), by purpose and destination. "
          "Each opens to its decision, the rule and its line, the evidence and the ledger's entry."
        }
      }
      for (group, shown) in choice.groups { html(group, shown) }
      if !choice.leftOutGroups.isEmpty {
        paragraph("rest") {
          "\(choice.leftOutGroups.count.counted("more pair")) of purpose and destination, with "
          "\(choice.leftOutGroups.saturatingSum(\.exchanges.count).counted("exchange")), "
          "are in report.json and in the ledger: "
          code("sallyport log show --run \(report.run.text)")
        }
      }
    }
  }

  private func html(_ group: ExchangeGroup, _ shown: [Exchange]) -> HTML {
    fold(summary(group), style: "group", isOpen: report.exchanges.count <= ReportLimits.openedExchanges) {
      for exchange in shown { ExchangeEntry(exchange: exchange, isShortRun: report.duration < .seconds(60)).html }
      if shown.count < group.exchanges.count {
        paragraph("rest") {
          "\((group.exchanges.count - shown.count).grouped) more of these are in report.json and in the ledger; "
          "those with findings, those that were stopped and those that brought new lines are told here first. "
          code("sallyport log show --run \(report.run.text) --host \(ShellWord.quoted(group.key.destination.host))")
        }
      }
    }
  }

  @HTMLBuilder private func summary(_ group: ExchangeGroup) -> HTML {
    element("h3") {
      group.key.purpose.mark.html
      " "
      element("span", .class("host")) { group.key.destination.shortText }
    }
    element("span", .class("sums")) {
      group.exchanges.count.counted("exchange")
      ", \(ByteCount(group.forwardedBytes)) out, \(ByteCount(group.responseBytes)) in"
      if group.findings > 0 { ", \(group.findings.counted("finding"))" }
      if group.stopped > 0 {
        ", "
        element("b") { "✕ \(group.stopped.grouped) stopped" }
      }
    }
  }
}
