internal import Evidence
internal import Presentation

/// How a person names a run: by its identifier or the beginning of it, as `latest` or `latest~2`, or by the path of a
/// report.
package enum RunName: Hashable, Sendable {
  /// The newest that has a report, or one so many before it.
  case latest(before: Int)
  /// The beginning of an identifier, `r_` included.
  case prefix(String)
  case path(String)

  /// - Throws: ``RunError`` with `.usage` for what is none of these.
  package init(_ text: String) throws(RunError) {
    if text == "latest" {
      self = .latest(before: 0)
    } else if text.hasPrefix("latest~") {
      guard let count = Int(text.dropFirst("latest~".count)), count >= 0 else { throw Self.mistake(text) }
      self = .latest(before: count)
    } else if text.contains("/") || text.hasSuffix(".json") {
      self = .path(text)
    } else {
      let prefix = text.hasPrefix("r_") ? text : "r_" + text
      guard prefix.utf8.count > 2, prefix.utf8.count <= 18,
        prefix.utf8.dropFirst(2).allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) })
      else { throw Self.mistake(text) }
      self = .prefix(prefix)
    }
  }

  private static func mistake(_ text: String) -> RunError {
    RunError(
      .usage, at: text.isEmpty ? "''" : text, "names no run.",
      remedy: "Name its identifier or how that begins, latest, latest~1, or the path of a report.json.")
  }
}

extension RunStore {
  /// The path of the report that a name means.
  ///
  /// - Throws: ``RunError`` with `.usage` for a name that several runs have or that is none, `.programMissing` where
  ///   there is no such run or it left no report.
  package func report(of name: RunName) throws(RunError) -> String {
    switch name {
    case .path(let path): return FilePaths.isDirectory(path) ? "\(path)/\(Self.reportName)" : path
    case .latest(let count): return try latest(before: count)
    case .prefix(let prefix):
      return try report(of: try found(prefix, "See: sallyport runs, or write ./ before the path of a report."))
    }
  }

  private func latest(before count: Int) throws(RunError) -> String {
    var left = count
    for (id, time) in try newestFirst() {
      let run = stored(id, touched: time)
      guard run.hasReport else { continue }
      if left == 0 { return run.reportPath }
      left -= 1
    }
    let sentence =
      count == left ? "no run has left a report yet." : "there are only \(count - left) runs with a report."
    throw RunError(
      .programMissing, at: count == 0 ? "latest" : "latest~\(count)", sentence, remedy: "See: sallyport runs")
  }

  /// The one run whose identifier begins so.
  func id(beginning prefix: String) throws(RunError) -> RunID { try found(prefix, "See: sallyport runs").id }

  /// - Parameter remedy: where there is none.
  private func found(_ prefix: String, _ remedy: String) throws(RunError) -> StoredRun {
    let matching = try newestFirst().filter { $0.id.text.hasPrefix(prefix) }
    guard let first = matching.first else {
      throw RunError(.programMissing, at: prefix, "there is no such run.", remedy: remedy)
    }
    guard matching.count == 1 else {
      let names = matching.prefix(3).map(\.id.text).joined(separator: ", ")
      throw RunError(
        .usage, at: prefix, "\(matching.count) runs begin with that: \(names)\(matching.count > 3 ? ", …" : "").",
        remedy: "Write more of it.")
    }
    return stored(first.id, touched: first.time)
  }

  private func report(of run: StoredRun) throws(RunError) -> String {
    if run.hasReport { return run.reportPath }
    if run.isUnderWay {
      throw RunError(
        .programMissing, at: run.id.text, "still goes on, and its report comes at its end.",
        remedy: "See: sallyport watch \(run.id)")
    }
    let cause =
      run.card?.outcome == nil
      ? "it was killed, or its agent was not started." : "it ended, and its report could not be written."
    throw RunError(.programMissing, at: run.id.text, "left no report: \(cause)")
  }
}
