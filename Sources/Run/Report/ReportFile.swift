internal import Evidence
internal import Glibc

/// Writes a report where the user asked for it, whole or not at all.
enum ReportFile {
  /// - Returns: the path of `report.json`.
  /// - Throws: ``RunError`` with `.state`.
  static func write(_ report: JSONValue, into directory: String) throws(RunError) -> String {
    guard mkdir(directory, 0o755) == 0 || errno == EEXIST else { throw .state(directory, "cannot be made", errno) }
    let path = "\(directory)/report.json"
    let bytes: [UInt8]
    do {
      bytes = try CanonicalJSON.encode(report) + [UInt8(ascii: "\n")]
    } catch {
      throw RunError(.ours, at: path, "the report has no JSON form: \(error).")
    }
    let draft = "\(path).\(getpid())"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .state(path, "cannot be written", errno) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let cause = errno
        close(file)
        unlink(draft)
        throw .state(path, "cannot be written", cause)
      }
      done += count
    }
    close(file)
    guard rename(draft, path) == 0 else { throw .state(path, "cannot be written", errno) }
    return path
  }
}
