internal import Evidence

/// The top of the page: what left, in a sentence and in figures, and which run it was.
struct BillSection {
  let report: RunReport

  var html: HTML {
    element("section", .id("bill"), Attribute("aria-labelledby", "bill-title")) {
      element("h2", .id("bill-title")) { "What left" }
      paragraph("lead") { BillSentence(report).html }
      warnings
      element("dl", .class("tiles")) {
        for tile in tiles { tile.html }
      }
      facts
    }
  }

  private struct Tile {
    let name: String
    let figure: String
    var remark = ""
    var isNotable = false

    var html: HTML {
      element("div", .class(isNotable ? "tile notable" : "tile")) {
        element("dt") { name }
        element("dd") {
          element("span", .class("figure")) { figure }
          if !remark.isEmpty { element("span", .class("remark")) { " \(remark)" } }
        }
      }
    }
  }

  private var tiles: [Tile] {
    let totals = report.totals
    let comparison = Comparison(report.exchanges)
    let hasFiles = comparison.isAny || report.exchanges.isEmpty
    let remark = hasFiles ? (comparison.isWhole ? "" : "at least: not all was compared") : "not looked into"
    return [
      Tile(name: "Files", figure: hasFiles ? totals.files.grouped : "–", remark: remark),
      Tile(name: "Lines", figure: hasFiles ? totals.lines.grouped : "–", remark: remark),
      Tile(
        name: "Bytes out", figure: ByteCount(totals.forwardedBytes).description,
        remark: "of \(ByteCount(totals.requestBytes)) tried"),
      Tile(name: "Bytes in", figure: ByteCount(totals.responseBytes).description),
      Tile(
        name: "Findings", figure: totals.findings.grouped, remark: findingsRemark, isNotable: totals.findings > 0),
      Tile(
        name: "Blocked", figure: totals.blocked.grouped, remark: "of \(totals.exchanges.counted("exchange"))",
        isNotable: totals.blocked > 0),
      Tile(
        name: "Uninspected", figure: ByteCount(totals.uninspectedBytes).description,
        remark: totals.uninspectedBytes == 0 ? "every byte was looked into" : "let out unseen",
        isNotable: totals.uninspectedBytes > 0),
    ]
  }

  /// What was found matters most where it went out.
  private var findingsRemark: String {
    if report.totals.findings == 0 { return "nothing sensitive seen" }
    let left = report.exchanges.filter { !$0.isStopped && $0.decision.action != .redact }
      .saturatingSum(\.findings.count)
    if left > 0 { return "\(left.grouped) in what was let go" }
    let redacted = report.exchanges.contains { $0.decision.action == .redact && !$0.findings.isEmpty }
    return redacted ? "all stopped or redacted" : "all in what was stopped"
  }

  @HTMLBuilder private var warnings: HTML {
    if !report.ledger.isVerified {
      paragraph("warning") {
        element("b") {
          report.ledger.isCutShort ? "The ledger was not written to its end. " : "The ledger does not verify. "
        }
        if let problem = report.ledger.problem { "\(problem) " }
        report.ledger.isCutShort ? "What is missing in it is not proved: " : "Nothing below is proved until it does: "
        element("a", .link(to: "ledger")) { "the ledger" }
        "."
      }
    }
    if report.isEndedFromOutside {
      paragraph("warning") {
        element("b") { "The sandbox was ended from outside " }
        "before the agent could say how it ended."
      }
    }
    if report.isObservationIncomplete {
      paragraph("warning") {
        element("b") { "More was opened or started than could be noted: " }
        "the lists of programs and opened files are not all."
      }
    }
  }

  private var facts: HTML {
    element("dl", .class("facts")) {
      fact("Agent") { agent }
      fact("Command") { code(report.command.map(ShellWord.quoted).joined(separator: " ")) }
      fact("Workspace") { path(report.workspace) }
      fact("Policy") {
        code(report.policy.file)
        ", posture \(report.policy.posture)"
        if let durability = report.policy.durability { ", durability \(durability)" }
      }
      fact("Time") {
        element("time", Attribute("datetime", report.started.description)) { report.started.reading }
        ", for \(report.duration.reading)"
      }
      fact("Exit status") { "\(report.exitStatus)" }
      fact("Ledger") {
        if report.ledger.isVerified {
          element("span", .class("good")) { "✓ verified" }
          ": \((report.ledger.entries ?? report.ledger.size).counted("entry", "entries")) of this run read back and proved"
        } else {
          element("span", .class("bad")) { "✕ not verified" }
        }
      }
      fact("Run") { code(report.run.text) }
    }
  }

  private var agent: String {
    let claim = report.agent.versionSource == .userAgent ? "(as it says itself)" : nil
    return [report.agent.id, report.agent.version, claim].compactMap { $0 }.joined(separator: " ")
  }
}
