internal import Evidence

/// What the agent did besides sending: programs, files, names and connections.
struct ActivitySection {
  let report: RunReport

  var section: ReportSection {
    ReportSection("activity", "What it started, opened and tried") {
      element("div", .class("pairs")) {
        for part in [protected, later, opened, programs, tried, names] where !part.bytes.isEmpty {
          element("div") { part }
        }
      }
      others
    }
  }

  @HTMLBuilder private var protected: HTML {
    if !report.protected.isEmpty {
      element("h3") { "Protected files" }
      paragraph("remark") {
        "They act outside of the sandbox later. What was put back was there while the run went on."
      }
      table(
        "Protected files", [.init("File"), .init("What it is"), .init("Change"), .init("What became of it")],
        report.protected.map {
          [
            place($0.path), .text($0.group), .text($0.change?.sentence ?? "tried"),
            .text($0.outcome.word + ($0.blob.map { ", also in git (blob \($0.prefix(12)))" } ?? "")),
          ]
        })
    }
  }

  @HTMLBuilder private var later: HTML {
    if !report.runsLater.isEmpty {
      element("h3") { "Left behind to run later" }
      paragraph("remark") {
        "These are run without being asked for, and are not as they were before the run. Look at them first."
      }
      table(
        "Files that run later", [.init("File"), .init("What it is"), .init("Change")],
        report.runsLater.map { [place($0.path), .text($0.reason), .text($0.change.sentence)] })
    }
  }

  @HTMLBuilder private var opened: HTML {
    if !report.opened.isEmpty {
      element("h3") { "Opened without need" }
      table(
        "Files that the task did not need", [.init("File"), .init("What it is"), .init("Deed"), .init("Program")],
        report.opened.map {
          [place($0.path), .text($0.reason), .text($0.deed), $0.program.map { path($0) } ?? .text("not known")]
        })
    }
  }

  @HTMLBuilder private var programs: HTML {
    element("h3") { "Programs" }
    if report.programs.isEmpty {
      paragraph { "None was seen to start." }
    } else {
      table(
        "Programs that were started", [.init("Program"), .init("Times", isNumber: true)],
        report.programs.map { [path($0.path), .text($0.count.grouped)] })
    }
  }

  @HTMLBuilder private var tried: HTML {
    if !report.connectionsTried.isEmpty {
      element("h3") { "Connected to, nothing sent" }
      table(
        "Connections that no exchange came of",
        [.init("Destination"), .init("Transport"), .init("Program"), .init("Times", isNumber: true)],
        report.connectionsTried.map {
          [
            path($0.destination.description), .text($0.isDatagram ? "UDP" : "TCP"), path($0.program),
            .text($0.count.grouped),
          ]
        })
    }
  }

  @HTMLBuilder private var names: HTML {
    if !report.names.isEmpty {
      element("h3") { "Names asked of the resolver" }
      paragraph("remark") {
        "\(report.namesAsked.counted("different name")); every one was answered inside the sandbox."
      }
      table(
        "Names that were asked",
        [.init("Name"), .init("Different names", isNumber: true), .init("Questions", isNumber: true)],
        report.names.map { [path($0.name), .text($0.names.grouped), .text($0.questions.grouped)] })
    }
  }

  @HTMLBuilder private var others: HTML {
    if report.datagramsRefused > 0 {
      paragraph { "\(report.datagramsRefused.counted("UDP datagram")) went nowhere." }
    }
    if report.survivors > 0 {
      paragraph {
        "\(report.survivors.counted("process", "processes")) that the agent left behind "
        report.survivors == 1 ? "was ended." : "were ended."
      }
    }
  }

  /// As the page tells every file: from the workspace on, where it is in it.
  private func place(_ absolute: String) -> HTML {
    let root = report.workspace + "/"
    return path(absolute.hasPrefix(root) ? String(absolute.dropFirst(root.count)) : absolute)
  }

  @HTMLBuilder private func table(_ caption: String, _ columns: [ReportTable.Column], _ rows: [[HTML]]) -> HTML {
    ReportTable(caption: caption, columns: columns, rows: Array(rows.prefix(ReportLimits.rows))).html
    if rows.count > ReportLimits.rows {
      paragraph("rest") { "\((rows.count - ReportLimits.rows).grouped) more are in report.json." }
    }
  }
}

extension RunReport.OpenedFile {
  fileprivate var deed: String {
    if !isThere { return "looked for, not there" }
    return isForWriting ? "opened to write" : "opened to read"
  }
}

extension RunReport.ProtectedFile.Outcome {
  fileprivate var word: String {
    switch self {
    case .refused: "refused"
    case .kept: "kept"
    case .putBack: "put back"
    case .failed: "could not be put back"
    }
  }
}

extension RunReport.ChangedFile.Change {
  fileprivate var sentence: String {
    switch self {
    case .new: "new"
    case .changed: "changed"
    case .removed: "removed"
    case .mode: "other permissions"
    }
  }
}
