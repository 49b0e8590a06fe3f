internal import Evidence

/// Each file that left: which lines, to whom, and in which exchanges.
struct FilesSection {
  let report: RunReport
  let choice: ExchangeChoice

  var section: ReportSection {
    ReportSection("files", "Files that left") {
      if report.files.isEmpty {
        paragraph { sentenceOfNone }
      } else {
        let sent = SentRanges(report.exchanges)
        paragraph("remark") {
          "Lines that were let go, those with most lines first; what was blocked is not among them. "
          "Their text is nowhere in this report."
        }
        legend
        for file in chosen { html(file, sent) }
        if report.files.count > ReportLimits.files { rest }
      }
    }
  }

  private var sentenceOfNone: String {
    report.exchanges.contains { $0.attributed.gap != .off }
      ? "No lines of files were found in what left."
      : "Which files were in what left was not looked into."
  }

  private var sorted: [RunReport.LeftFile] {
    report.files.sorted { $0.lines == $1.lines ? $0.path < $1.path : $0.lines > $1.lines }
  }

  private var chosen: [RunReport.LeftFile] { Array(sorted.prefix(ReportLimits.files)) }

  private var rest: HTML {
    let others = sorted.dropFirst(ReportLimits.files)
    return paragraph("rest") {
      "\(others.count.counted("more file")), with \(others.saturatingSum(\.lines).counted("line")), are in report.json."
    }
  }

  /// What the marks of a strip mean, each drawn as it is drawn there.
  private var legend: HTML {
    func sample(_ style: String, y: Int, height: Int) -> HTML {
      element(
        "svg", .class("strip sample p-model"), Attribute("viewBox", "0 0 10 18"), Attribute("aria-hidden", "true"),
        Attribute("preserveAspectRatio", "none")
      ) {
        element("rect", .class("track"), Attribute("width", 10), Attribute("height", 14))
        if !style.isEmpty {
          element(
            "rect", .class(style), Attribute("y", y), Attribute("width", 10), Attribute("height", height))
        }
      }
    }
    return element("ul", .class("legend")) {
      element("li") { sample("whole", y: 0, height: 14) + .text(" left whole") }
      element("li") { sample("part", y: 7, height: 7) + .text(" left in part") }
      element("li") { sample("again", y: 15, height: 3) + .text(" sent again later") }
      element("li") { sample("", y: 0, height: 0) + .text(" did not leave") }
    }
  }

  private func html(_ file: RunReport.LeftFile, _ sent: SentRanges) -> HTML {
    element("article", .class("file")) {
      element("h3") {
        path(file.path)
        " "
        element("span", .class("sums")) { file.lines.counted("line") }
      }
      for receiver in file.destinations.prefix(ReportLimits.destinationsOfFile) {
        element("div", .class("receiver")) { html(file, receiver, sent.of(file.path, to: receiver)) }
      }
      if file.destinations.count > ReportLimits.destinationsOfFile {
        paragraph("rest") {
          "and to \((file.destinations.count - ReportLimits.destinationsOfFile).counted("more destination")), "
          "in report.json"
        }
      }
    }
  }

  @HTMLBuilder private func html(
    _ file: RunReport.LeftFile, _ receiver: RunReport.LeftFile.Receiver, _ sent: [SourceRange]
  ) -> HTML {
    let versions = Set(sent.map(\.version)).count
    LineStrip(file.path, receiver, sent: sent, fileLines: file.fileLines).html
    element("p", .class("ends"), Attribute("aria-hidden", "true")) {
      element("span") { "1" }
      if let lines = file.fileLines { element("span") { lines.grouped } }
    }
    paragraph {
      receiver.purpose.mark.html
      " "
      element("span", .class("host")) { receiver.destination.shortText }
      ": "
      element("b") { receiver.lines.counted("line") }
      " first sent there, \(receiver.repeatedLines.grouped) repeated; "
      "\(ByteCount(receiver.bytes)) of its text, repeats counted; "
      if !receiver.ranges.isEmpty {
        LineRanges.html(receiver.ranges)
        if let lines = file.fileLines { " of \(lines.grouped)" }
      }
      if versions > 1 { ", of \(versions.counted("version")) of the file" }
      if !receiver.exchanges.isEmpty {
        "; in "
        links(receiver.exchanges)
      }
    }
  }

  @HTMLBuilder private func links(_ sequences: [Int]) -> HTML {
    for (position, sequence) in sequences.prefix(ReportLimits.exchangesOfFile).enumerated() {
      if position > 0 { ", " }
      choice.link(sequence)
    }
    let more = sequences.count - ReportLimits.exchangesOfFile
    if more > 0 { " and \(more.counted("more exchange"))" }
  }
}
