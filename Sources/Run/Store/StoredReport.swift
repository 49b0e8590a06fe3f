internal import Evidence
internal import Glibc
package import Presentation

/// A `report.json` on disk, wherever it is.
package enum StoredReport {
  /// - Throws: ``RunError`` with `.programMissing` where it is not there, `.broken` where it cannot be understood.
  package static func read(_ path: String) throws(RunError) -> RunReport {
    let value = try json(path, limit: RunLimits.reportBytes)
    do throws(ReportError) {
      return try RunReport(json: value)
    } catch {
      throw RunError(.broken, at: path, error.description)
    }
  }

  static func json(_ path: String, limit: Int) throws(RunError) -> JSONValue {
    let bytes = try bytes(path, limit: limit)
    do throws(JSONSyntaxError) {
      return try JSONParser.parse(bytes)
    } catch {
      throw RunError(.broken, at: path, "cannot be read: \(error).")
    }
  }

  /// The bytes of a report, as they are.
  package static func bytes(_ path: String) throws(RunError) -> [UInt8] {
    try bytes(path, limit: RunLimits.reportBytes)
  }

  private static func bytes(_ path: String, limit: Int) throws(RunError) -> [UInt8] {
    guard FilePaths.exists(path) else { throw RunError(.programMissing, at: path, "is not there.") }
    guard let bytes = FilePaths.bytes(path, limit: limit + 1) else {
      throw RunError(.broken, at: path, "cannot be read, or is no regular file.")
    }
    guard bytes.count <= limit else {
      throw RunError(.broken, at: path, "is larger than \(limit >> 20) MiB, which no such file of ours is.")
    }
    return bytes
  }
}
