internal import Evidence

/// From which files to whom, as a picture and as a table.
struct FlowSection {
  let report: RunReport

  var section: ReportSection {
    ReportSection("flows", "From files to destinations") {
      let graph = FlowGraph(report.exchanges)
      if graph.ends.isEmpty {
        paragraph { "Nothing was sent, and nothing was stopped." }
      } else {
        legend(graph)
        FlowPicture(graph, .wide).picture.html
        FlowPicture(graph, .narrow).picture.html
        paragraph("remark") {
          "By bytes of messages as they went over the line, let go on the right or stopped at the wall. They are shared "
          "among the files that are in a message; what is left of it, such as instructions and answers, is not from "
          "files. A file's own text may be fewer bytes, before it is escaped, or more, before it is compressed."
        }
        fold(.text("The same as a table")) { table(graph) }
      }
    }
  }

  private func legend(_ graph: FlowGraph) -> HTML {
    let purposes = Set(report.exchanges.map(\.purpose)).sorted { $0.readingPosition < $1.readingPosition }
    return element("ul", .class("legend")) {
      for purpose in purposes { element("li") { purpose.mark.html } }
      if graph.ends.contains(where: \.isStopped) {
        element("li") {
          element("span", .class("chip wall"), Attribute("aria-hidden", "true")) { "✕" }
          " stopped"
        }
      }
    }
  }

  private func table(_ graph: FlowGraph) -> HTML {
    let flows = graph.flows.sorted { ($0.end, $0.origin) < ($1.end, $1.origin) }
    return ReportTable(
      caption: "Bytes of messages by origin and destination",
      columns: [
        .init("From"), .init("To"), .init("Purpose"), .init("Outcome"), .init("Bytes of messages", isNumber: true),
      ],
      rows: flows.map { flow in
        let (origin, end) = (graph.origins[flow.origin], graph.ends[flow.end])
        return [
          path(origin.label), .text(end.label), end.purpose?.mark.html ?? .text("several"),
          .text(end.isStopped ? "stopped" : "let go"), .text(ByteCount(rounding: flow.bytes).description),
        ]
      }
    ).html
  }
}
