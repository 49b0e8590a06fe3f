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
        element("body") { element("main") { element("h1") { "Report of \(report.run.text)" } } }
      }
  }

  @HTMLBuilder private var head: HTML {
    voidElement("meta", Attribute("charset", "utf-8"))
    element("title") { "Sallyport report \(report.run.text)" }
  }
}
