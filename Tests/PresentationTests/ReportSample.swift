import Evidence
import Glibc
import Testing

@testable import Presentation

/// Reports of runs that nobody ran.
enum ReportSample {
  /// An afternoon's work, with something in every member; made by Tests/EndToEnd/report_samples.py.
  static func rich() throws -> JSONValue { try json(at: directory + "/Reports/rich.json") }

  static func json(at path: String) throws -> JSONValue {
    let file = try #require(fopen(path, "r"), "\(path) cannot be read")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
    return try JSONParser.parse(bytes)
  }

  private static var directory: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }
}
