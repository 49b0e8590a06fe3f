internal import Evidence

/// When it happened, as a picture and as a table.
struct TimelineSection {
  let report: RunReport

  var section: ReportSection {
    ReportSection("timeline", "In the course of the run") {
      if report.exchanges.isEmpty {
        paragraph { "There was no exchange." }
      } else {
        let timeline = Timeline(report)
        paragraph("remark") {
          "From \(report.started.clock) UTC, for \(report.duration.reading). A dot was let go, a cross was stopped; "
          "a larger one stands for several."
        }
        TimelinePicture(timeline: timeline, shape: .wide).picture.html
        TimelinePicture(timeline: timeline, shape: .narrow).picture.html
        fold(.text("The same as a table")) { table(timeline) }
      }
    }
  }

  private func table(_ timeline: Timeline) -> HTML {
    ReportTable(
      caption: "Exchanges by purpose and destination",
      columns: [
        .init("Destination"), .init("Purpose"), .init("First"), .init("Last"), .init("Let go", isNumber: true),
        .init("Stopped", isNumber: true),
      ],
      rows: timeline.lanes.map { lane in
        [
          path(lane.label), lane.purpose?.mark.html ?? .text("several"),
          .text(lane.exchanges.map(\.started).min()?.clock ?? ""),
          .text(lane.exchanges.map(\.started).max()?.clock ?? ""),
          .text((lane.exchanges.count - lane.stopped).grouped), .text(lane.stopped.grouped),
        ]
      }
    ).html
  }
}
