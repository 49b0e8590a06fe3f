internal import Evidence

/// A run's report as one page of HTML: no script, and nothing that it loads from anywhere.
///
/// Its size is bounded by ``ReportLimits``, however long the run was; where something is left out the page says so,
/// and where it is.
package struct ReportPage: Sendable {
  let report: RunReport

  package init(_ report: RunReport) {
    self.report = report
  }

  /// UTF-8.
  package var html: [UInt8] { page.bytes }

  private var page: HTML {
    HTML.doctype
      + element("html", Attribute("lang", "en")) {
        element("head") { head }
        element("body") {
          element("a", .class("skip"), .link(to: "main")) { "Skip to what left" }
          header
          let sections = sections
          element("main", .id("main"), Attribute("tabindex", "-1")) {
            BillSection(report: report).html
            contents(sections)
            for section in sections { section.html }
          }
          footer
        }
      }
  }

  /// Nothing may be loaded, and no script may run, even if one had come in.
  private static let contentPolicy =
    "default-src 'none'; style-src '\(ReportStyle.hash)'; base-uri 'none'; form-action 'none'"

  @HTMLBuilder private var head: HTML {
    voidElement("meta", Attribute("charset", "utf-8"))
    voidElement("meta", Attribute("http-equiv", "Content-Security-Policy"), Attribute("content", Self.contentPolicy))
    voidElement("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
    voidElement("meta", Attribute("name", "color-scheme"), Attribute("content", "light dark"))
    voidElement("meta", Attribute("name", "referrer"), Attribute("content", "no-referrer"))
    voidElement("meta", Attribute("name", "generator"), Attribute("content", "sallyport"))
    element("title") { "\(title), \(report.started.reading): Sallyport report" }
    HTML.style(ReportStyle.sheet)
  }

  private var title: String {
    let place = report.workspace.split(separator: "/").last.map(String.init) ?? "/"
    return [report.agent.id, report.agent.version].compactMap { $0 }.joined(separator: " ") + " in \(place)"
  }

  private var header: HTML {
    element("header") {
      paragraph("brand") { "Sallyport: report of a run" }
      element("h1") { title }
    }
  }

  private var sections: [ReportSection] {
    let choice = ExchangeChoice(report.exchanges)
    return [
      FlowSection(report: report).section, TimelineSection(report: report).section,
      ExchangeSection(report: report, choice: choice).section, FilesSection(report: report, choice: choice).section,
      ActivitySection(report: report).section, BlockedSection(report: report, choice: choice).section,
      UnseenSection(report: report, choice: choice).section, SandboxSection(report: report).section,
      LedgerSection(report: report).section,
    ]
  }

  private func contents(_ sections: [ReportSection]) -> HTML {
    element("nav", Attribute("aria-label", "Contents")) {
      element("ul") {
        for section in sections {
          element("li") { element("a", .link(to: section.id)) { section.title } }
        }
      }
    }
  }

  private var footer: HTML {
    element("footer") {
      paragraph {
        "The text of files is not in this page, and neither is what was found. The same facts for programs: "
        code("report.json")
        "; the findings for other tools: "
        code("findings.sarif")
        ". Times are in UTC, kB are 1,000 bytes."
      }
    }
  }
}
