internal import Evidence
internal import Glibc

/// Writes a report where the user asked for it, whole or not at all.
enum ReportFile {
  /// Makes the directory, and says so before a run where nothing can be written into it.
  ///
  /// - Throws: ``RunError`` with `.state`.
  static func prepare(_ directory: String) throws(RunError) {
    var partial = ""
    for component in FilePaths.absolute(directory).split(separator: "/") {
      partial += "/\(component)"
      guard mkdir(partial, 0o755) != 0 else { continue }
      let cause = errno
      guard FilePaths.isDirectory(partial) else { throw unwritable(directory, "cannot be made", cause) }
    }
    guard access(directory, W_OK | X_OK) == 0 else { throw unwritable(directory, "cannot be written", errno) }
  }

  private static func unwritable(_ path: String, _ sentence: String, _ cause: CInt) -> RunError {
    RunError(
      .state, at: path, "\(sentence): \(String(cString: strerror(cause))).",
      remedy: "Name a directory that you can write with --report.")
  }

  /// - Returns: the path of `report.json`.
  /// - Throws: ``RunError`` with `.state`.
  static func write(_ report: JSONValue, into directory: String) throws(RunError) -> String {
    try prepare(directory)
    let path = "\(directory)/report.json"
    let bytes: [UInt8]
    do {
      bytes = try CanonicalJSON.encode(report) + [UInt8(ascii: "\n")]
    } catch {
      throw RunError(.ours, at: path, "the report has no JSON form: \(error).")
    }
    let draft = "\(path).\(getpid())"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw unwritable(path, "cannot be written", errno) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let cause = errno
        close(file)
        unlink(draft)
        throw unwritable(path, "cannot be written", cause)
      }
      done += count
    }
    close(file)
    guard rename(draft, path) == 0 else {
      let cause = errno
      unlink(draft)
      throw unwritable(path, "cannot be written", cause)
    }
    return path
  }
}
