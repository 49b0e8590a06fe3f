/// The layers that the agent was locked in by.
struct SandboxSection {
  let report: RunReport

  var section: ReportSection {
    ReportSection("sandbox", "The sandbox") {
      if report.layers.isEmpty {
        paragraph { "The record names no layer." }
      } else {
        paragraph("remark") { "Every layer that was engaged, as the sandbox itself attested it." }
        ReportTable(
          caption: "Layers of the sandbox", columns: [.init("Layer"), .init("What it is")],
          rows: report.layers.prefix(ReportLimits.rows).map { [.text($0.name), .text($0.detail)] }
        ).html
      }
    }
  }
}
