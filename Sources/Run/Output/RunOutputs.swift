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

  /// Writes the report to where it was asked for, and beside it the page and the findings. These are made of it: what
  /// goes wrong with them costs only them.
  ///
  /// - Parameter fallback: a directory of ours, which takes the report where its own place was spoilt.
  func write(_ report: JSONValue, fallback: String) -> Outcome {
    var outcome = Outcome()
    let bytes: [UInt8]
    do {
      bytes = try CanonicalJSON.encode(report) + [UInt8(ascii: "\n")]
    } catch {
      outcome.problem = RunError(.ours, at: Self.reportName, "the report has no JSON form: \(error).")
      return outcome
    }
    if var directory = self.report {
      do throws(RunError) {
        outcome.reportPath = try directory.write(bytes, as: Self.reportName)
      } catch {
        directory = OutputDirectory(own: fallback)
        outcome.reportPath = try? directory.write(bytes, as: Self.reportName)
        outcome.problem = error.with(remedy: outcome.reportPath.map { "The report is kept at \($0)." })
      }
      do throws(RunError) {
        for file in try ReportRendering.files(of: report) { _ = try directory.write(file.bytes, as: file.name) }
      } catch {
        outcome.problem = outcome.problem ?? error
      }
    }
    do throws(RunError) { try json?.write(bytes) } catch { outcome.problem = outcome.problem ?? error }
    return outcome
  }
}
