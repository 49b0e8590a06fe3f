internal import Evidence

/// Where the evidence is, what signs for it, and how to check it without believing this page.
struct LedgerSection {
  let report: RunReport

  var section: ReportSection {
    ReportSection("ledger", "The ledger, and how to check this page") {
      standing
      element("dl", .class("facts")) {
        fact("Directory") { path(ledger.directory) }
        fact("Origin") { code(ledger.origin) }
        fact("Entries") {
          "\(ledger.size.grouped) under the checkpoint"
          if let entries = ledger.entries { ", \(entries.grouped) of them of this run" }
        }
      }
      element("h3") { "Commands" }
      element("dl", .class("commands")) {
        command("sallyport log verify\(place)", "recomputes the whole ledger: every entry, root and signature")
        command(
          "sallyport log show\(place) --run \(report.run.text)", "shows this run's entries; --json prints each as it is"
        )
        command(
          "sallyport log prove\(place) \(example) --output entry-\(example).tlog-proof",
          "proves one row of this page; each exchange names its entry")
        command(
          "sallyport log verify --proof entry-\(example).tlog-proof --key \"$(cat pinned.vkey)\"",
          "checks that proof on another machine, with the key that you pinned")
        command(
          "sallyport log verify\(place) --since checkpoint",
          "checks later that the ledger still goes on from the checkpoint below, saved as a file")
      }
      element("h3") { "Checkpoint" }
      checkpoint
    }
  }

  private var ledger: RunReport.LedgerState { report.ledger }

  private var place: String { ledger.directory.isEmpty ? "" : " --ledger \(ShellWord.quoted(ledger.directory))" }

  /// An entry that there is.
  private var example: Int { report.exchanges.lazy.compactMap(\.ledgerIndex).first ?? 0 }

  @HTMLBuilder private var standing: HTML {
    if ledger.isVerified {
      paragraph {
        element("span", .class("good")) { "✓ Verified" }
        ": at the end of the run every entry was read back and proved."
      }
    } else {
      paragraph("warning") {
        element("b") { "✕ Not verified. " }
        ledger.problem ?? "The record does not say why."
      }
    }
  }

  @HTMLBuilder private func command(_ line: String, _ meaning: String) -> HTML {
    element("dt") { code(line) }
    element("dd") { meaning }
  }

  @HTMLBuilder private var checkpoint: HTML {
    if ledger.checkpoint.isEmpty {
      paragraph { "There is none." }
    } else {
      element(
        "pre", Attribute("tabindex", "0"), Attribute("aria-label", "Signed checkpoint"), Attribute("role", "region")
      ) {
        for line in ledger.checkpoint.split(separator: "\n", omittingEmptySubsequences: false)
          .prefix(ReportLimits.checkpointLines)
        {
          HTML.text(String(line))
          HTML.lineEnd
        }
      }
    }
  }
}
