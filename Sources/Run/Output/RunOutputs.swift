internal import Evidence

/// The places that a run's report goes to, made ready before the agent starts.
struct RunOutputs: Sendable {
  private let report: OutputDirectory?
  private let json: JSONOutput?

  static let reportName = "report.json"

  /// What became of the report.
  struct Outcome: Sendable {
    /// The path of `report.json`, where one was written.
    var reportPath: String?
    /// The page beside it, for people.
    var pagePath: String?
    /// That of ours, which is there whatever was asked for.
    var keptPath: String?
    var problem: RunError?
  }

  /// - Throws: ``RunError`` that names the option.
  init(_ settings: RunSettings) throws(RunError) {
    let changeable = settings.grants.changeable
    json = try settings.options.jsonPlace.map { place throws(RunError) in
      try JSONOutput(place, changeable: changeable)
    }
    report = try settings.options.reportDirectory.map { directory throws(RunError) in
      try OutputDirectory(directory, option: "--report", changeable: changeable)
    }
  }

  /// Keeps the report, and writes it to where it was asked for, and beside it the page and the findings. These are made
  /// of it: what goes wrong with them costs only them.
  func write(_ report: JSONValue, of agent: Agent, kept: KeptRun) -> Outcome {
    var outcome = Outcome()
    let bytes: [UInt8]
    do {
      bytes = try CanonicalJSON.encode(report) + [UInt8(ascii: "\n")]
    } catch {
      outcome.problem = RunError(.ours, at: Self.reportName, "the report has no JSON form: \(error).")
      return outcome
    }
    do throws(RunError) { outcome.keptPath = try kept.keep(bytes) } catch { outcome.problem = error }
    // There is room for it even where there is none for the report.
    do throws(RunError) { try kept.end(report, agent: agent) } catch { outcome.problem = outcome.problem ?? error }
    if let directory = self.report { write(report, bytes, into: directory, &outcome) }
    do throws(RunError) { try json?.write(bytes) } catch { outcome.problem = outcome.problem ?? error }
    return outcome
  }

  private func write(_ report: JSONValue, _ bytes: [UInt8], into directory: OutputDirectory, _ outcome: inout Outcome) {
    do throws(RunError) {
      outcome.reportPath = try directory.write(bytes, as: Self.reportName)
    } catch {
      // What is made of it can be made again, by `sallyport report`.
      outcome.reportPath = outcome.keptPath
      outcome.problem = error.with(remedy: outcome.keptPath.map { "The report is kept at \($0)." })
      return
    }
    let run = outcome.keptPath == nil ? directory.path : report["run"]?.string ?? "latest"
    let remedy = "The report itself is written; to make the page again: sallyport report \(run) --output DIR"
    do throws(RunError) {
      for file in try ReportRendering.files(of: report) {
        // Of two that cannot be written the first is told.
        do throws(RunError) {
          let path = try directory.write(file.bytes, as: file.name)
          if file.name == ReportRendering.pageName { outcome.pagePath = path }
        } catch {
          outcome.problem = outcome.problem ?? error.with(remedy: remedy)
        }
      }
    } catch {
      outcome.problem = outcome.problem ?? error
    }
  }
}
