internal import Evidence

/// What nobody looked into: bytes let out uninspected, and files that messages were not compared with.
struct UnseenSection {
  let report: RunReport
  let choice: ExchangeChoice

  var section: ReportSection {
    ReportSection("unseen", "What was not looked into") {
      element("h3") { "Bytes" }
      bytes
      element("h3") { "Files" }
      gaps
      index
    }
  }

  @HTMLBuilder private var bytes: HTML {
    let unseen = ExchangeGroup.groups(of: report.exchanges.filter(\.isUninspected))
    if unseen.isEmpty {
      paragraph {
        report.totals.forwardedBytes > 0
          ? "Nothing: every byte that left was looked into." : "Nothing left, so nothing left unseen."
      }
    } else {
      ReportTable(
        caption: "Let out uninspected",
        columns: [
          .init("Destination"), .init("Purpose"), .init("Exchanges", isNumber: true),
          .init("Bytes out", isNumber: true),
          .init("Rule"),
        ],
        rows: unseen.prefix(ReportLimits.rows).map { group in
          let rule = group.exchanges[0].decision.rule
          return [
            path(group.key.destination.shortText), group.key.purpose.mark.html, .text(group.exchanges.count.grouped),
            .text(ByteCount(group.forwardedBytes).description), .text("\(rule.name), \(rule.file):\(rule.line)"),
          ]
        }
      ).html
    }
  }

  @HTMLBuilder private var gaps: HTML {
    let gaps = Dictionary(grouping: report.exchanges.filter { $0.forwardedBytes > 0 }) { $0.attributed.gap }
    let common = report.exchanges.saturatingSum(\.attributed.commonLines)
    element("ul") {
      for gap in Attributed.Gap.allCases {
        if let exchanges = gaps[gap] {
          element("li") {
            "\(gap.totalSentence): \(exchanges.count.counted("exchange")), "
            for (position, exchange) in exchanges.prefix(ReportLimits.exchangesOfFile).enumerated() {
              if position > 0 { ", " }
              choice.link(exchange.sequence)
            }
            if exchanges.count > ReportLimits.exchangesOfFile { " and others" }
          }
        }
      }
      if common > 0 {
        element("li") {
          "\(common.counted("line")) in all were in messages and stand in so many files that they count as nobody's."
        }
      }
      if gaps.keys.allSatisfy({ $0 == nil }), !gaps.isEmpty {
        element("li") { "Every message that went out was compared with every file of the index." }
      }
      element("li") {
        "A line or two on their own may not be recognised: lines of so little text stand in unrelated files, too."
      }
    }
  }

  @HTMLBuilder private var index: HTML {
    if let index = report.filesIndexed {
      paragraph {
        "Messages were compared with \(index.files.counted("file")): \(index.lines.counted("line")), "
        "\(ByteCount(index.bytes))."
        if index.leftOutCount > 0 {
          " \(index.leftOutCount.counted("file was", "files were")) left out of the comparison"
          index.leftOut.count < index.leftOutCount ? "; these are some of them:" : ":"
        }
      }
      if !index.leftOut.isEmpty {
        ReportTable(
          caption: "Files left out of the comparison", columns: [.init("File"), .init("Why")],
          rows: index.leftOut.prefix(ReportLimits.rows).map { [path($0.path), .text($0.reason)] }
        ).html
      }
      if index.leftOut.count > ReportLimits.rows {
        paragraph("rest") { "\((index.leftOut.count - ReportLimits.rows).grouped) more are in report.json." }
      }
    }
  }
}

extension Attributed.Gap {
  /// What happened to the exchanges that have it.
  fileprivate var totalSentence: String {
    switch self {
    case .off: "Let go without a comparison with any file"
    case .indexing: "Let go before all files were read, so that lines may be missing"
    case .filesLeftOut: "Let go and compared, but not with the files that were left out"
    case .messageTooLarge: "Let go with more text than is compared"
    }
  }
}
