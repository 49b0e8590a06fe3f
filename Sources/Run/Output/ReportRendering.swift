internal import Evidence
internal import Presentation

/// What is made of a `report.json` for people and for other programs.
enum ReportRendering {
  static let pageName = "report.html"
  static let findingsName = "findings.sarif"

  /// - Throws: ``RunError`` with `.ours`, which names the member that cannot be shown.
  static func files(of report: JSONValue) throws(RunError) -> [(name: String, bytes: [UInt8])] {
    let run: RunReport
    do throws(ReportError) {
      run = try RunReport(json: report)
    } catch {
      throw RunError(.ours, at: pageName, "cannot be made of the report: \(error)")
    }
    return [(pageName, page(of: run)), (findingsName, try findings(of: run))]
  }

  static func page(of report: RunReport) -> [UInt8] { ReportPage(report).html }

  static func findings(of report: RunReport) throws(RunError) -> [UInt8] {
    do {
      return try CanonicalJSON.encode(ReportSARIF(report).json) + [UInt8(ascii: "\n")]
    } catch {
      throw RunError(.ours, at: findingsName, "has no JSON form: \(error).")
    }
  }
}
