internal import Evidence
internal import Glibc
package import Presentation

/// A `report.json` on disk, wherever it is, and what is made of it.
package struct StoredReport: Sendable {
  private let path: String
  /// As it was kept.
  private let bytes: [UInt8]
  private let json: JSONValue
  package let report: RunReport

  /// - Throws: ``RunError`` with `.programMissing` where it is not there, `.broken` where it cannot be understood.
  package init(at path: String) throws(RunError) {
    self.path = path
    bytes = try Self.bytes(path, limit: RunLimits.reportBytes)
    json = try Self.json(bytes, of: path, remedy: Self.namesReport)
    do throws(ReportError) {
      report = try RunReport(json: json)
    } catch {
      throw RunError(.broken, at: path, error.description)
    }
  }

  /// What a report can be shown as.
  package enum Format: String, Sendable, CaseIterable {
    case text
    case html
    case json
    case sarif

    /// Those that `run --report` writes.
    package static let files: [Format] = [.json, .html, .sarif]
  }

  /// - Parameter terminal: the one that text is for.
  package func bytes(as format: Format, for terminal: Terminal) throws(RunError) -> [UInt8] {
    switch format {
    case .text: Array(RunSummary(RunBill(report), for: terminal).text.utf8)
    case .json: bytes
    case .html: ReportRendering.page(of: report)
    case .sarif: try ReportRendering.findings(of: report)
    }
  }

  /// Writes forms of it into a directory, which is made where it is not there, each whole or not at all.
  ///
  /// - Returns: the paths of the files.
  /// - Throws: ``RunError`` with `.state`.
  package func write(_ formats: [Format], into directory: String) throws(RunError) -> [String] {
    let directory = try OutputDirectory(directory, option: "--output", changeable: [])
    var paths: [String] = []
    for format in formats {
      let bytes = try bytes(as: format, for: .file)
      paths.append(try directory.write(bytes, as: format.fileName))
    }
    return paths
  }

  // MARK: Reading

  static func json(_ path: String, limit: Int) throws(RunError) -> JSONValue {
    try json(bytes(path, limit: limit), of: path, remedy: "")
  }

  private static func json(_ bytes: [UInt8], of path: String, remedy: String) throws(RunError) -> JSONValue {
    do throws(JSONSyntaxError) {
      return try JSONParser.parse(bytes)
    } catch {
      throw RunError(
        .broken, at: path, "cannot be read as one of Sallyport's files: \(error).", remedy: remedy)
    }
  }

  private static let namesReport = "Name a run, as sallyport runs lists them, or the path of a report.json."

  private static func bytes(_ path: String, limit: Int) throws(RunError) -> [UInt8] {
    guard FilePaths.exists(path) else {
      throw RunError(.programMissing, at: path, "is not there.", remedy: namesReport)
    }
    guard let bytes = FilePaths.bytes(path, limit: limit + 1) else {
      throw RunError(.broken, at: path, "cannot be read, or is no regular file.", remedy: namesReport)
    }
    guard bytes.count <= limit else {
      throw RunError(.broken, at: path, "is larger than \(limit >> 20) MiB, which no such file of ours is.")
    }
    return bytes
  }
}

extension StoredReport.Format {
  fileprivate var fileName: String {
    switch self {
    case .text: "report.txt"
    case .html: ReportRendering.pageName
    case .json: RunStore.reportName
    case .sarif: ReportRendering.findingsName
    }
  }
}
