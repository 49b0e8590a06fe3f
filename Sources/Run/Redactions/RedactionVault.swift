internal import Confinement
internal import Crypto
internal import Enforcement
package import Evidence
internal import Glibc
package import Inspection
internal import Presentation

/// What was taken out of messages, sealed, in a file for each run that only its owner reads.
///
/// Whoever removes the key has erased all of it, also from copies of the files.
package struct RedactionVault: Sendable {
  private let directory: String
  private let keyPath: String

  package init(_ state: StateDirectory) {
    directory = state.redactions
    keyPath = "\(state.keys)/redaction.key"
  }

  /// That of who runs this process.
  ///
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set.
  package static func own() throws(RunError) -> RedactionVault { RedactionVault(try StateDirectory.own()) }

  /// Of each file; more is no work of one run.
  private static let fileBytes = 128 << 20

  /// The runs of which something is kept, the oldest first; those whose time is over are removed.
  ///
  /// - Throws: ``RunError`` with `.state` where a file cannot be read.
  package func runs(now: Timestamp) throws(RunError) -> [RedactedRun] {
    guard let keys = try keysIfAny() else { return [] }
    var runs: [RedactedRun] = []
    for name in try names() {
      let run = String(name.dropLast(SealedFile.suffix.count))
      guard let file = try SealedFile.read("\(directory)/\(name)", limit: Self.fileBytes) else { continue }
      guard file.expires > now else {
        unlink("\(directory)/\(name)")
        continue
      }
      let entries = file.records.compactMap { SealedRecord.open($0, of: run, with: keys.sealing) }
      runs.append(
        RedactedRun(
          run: run, started: file.started, expires: file.expires, entries: entries,
          unreadable: file.records.count - entries.count))
    }
    return runs.sorted { ($0.started, $0.run) < ($1.started, $1.run) }
  }

  /// Every placeholder of which something is kept.
  ///
  /// - Throws: ``RunError`` with `.state` where a file cannot be read.
  package func placeholders(now: Timestamp) throws(RunError) -> PlaceholderSet {
    PlaceholderSet(
      try runs(now: now).flatMap(\.entries).map { entry in (entry.placeholder, entry.value.withValue { $0 }) })
  }

  /// The run that a name means: of those of which something is kept where one's identifier begins so, else of all.
  ///
  /// - Throws: ``RunError`` with `.usage` for a name that is none or that several have, `.programMissing` where there is no
  ///   such run.
  package func run(named name: String, in store: RunStore) throws(RunError) -> String {
    guard case .prefix(let prefix) = try RunName(name) else {
      return try StoredReport(at: try store.report(of: RunName(name))).report.run.text
    }
    let matching = try names().map { String($0.dropLast(SealedFile.suffix.count)) }.filter { $0.hasPrefix(prefix) }
    guard matching.count < 2 else {
      let some = matching.prefix(3).joined(separator: ", ")
      throw RunError(
        .usage, at: name, "\(matching.count) runs begin with that: \(some)\(matching.count > 3 ? ", …" : "").",
        remedy: "Write more of it.")
    }
    if let run = matching.first { return run }
    return try store.id(beginning: prefix).text
  }

  /// Forgets what was taken out in a run.
  ///
  /// - Throws: ``RunError`` with `.programMissing` where nothing of it is kept.
  package func erase(_ run: String) throws(RunError) {
    guard RunID(run) != nil, unlink("\(directory)/\(run)\(SealedFile.suffix)") == 0 else {
      throw RunError(
        .programMissing, at: run, "nothing that was taken out in that run is kept.",
        remedy: "See: sallyport redactions list")
    }
  }

  /// Forgets everything, and the key with it: what is left in a backup cannot be opened any more.
  ///
  /// - Returns: the runs.
  /// - Throws: ``RunError`` with `.state` where a file cannot be removed.
  package func eraseAll() throws(RunError) -> Int {
    guard unlink(keyPath) == 0 || errno == ENOENT else { throw .state(keyPath, "cannot be removed", errno) }
    let names = try names()
    for name in names where unlink("\(directory)/\(name)") != 0 && errno != ENOENT {
      throw .state("\(directory)/\(name)", "cannot be removed", errno)
    }
    return names.count
  }

  private func names() throws(RunError) -> [String] {
    try FilePaths.stateNames(in: directory, limit: 100_000)
      .filter { $0.hasSuffix(SealedFile.suffix) && !$0.hasPrefix(".") }.sorted()
  }

  /// - Returns: `nil` where nothing was ever kept, or all was erased.
  private func keysIfAny() throws(RunError) -> RedactionKeys? {
    if FileStatus(path: keyPath) != nil { return try RedactionKeys(keyPath) }
    // Where the state itself cannot be looked into, nobody knows what is kept.
    _ = try names()
    return nil
  }

  /// What a run takes out from now on, with what earlier ones took out.
  ///
  /// - Parameter keep: how long from now on; `nil` for no longer than the run.
  /// - Throws: ``RunError`` with `.state`.
  func mapping(for run: RunID, now: Timestamp, keep: Duration?) throws(RunError) -> RedactionMapping {
    guard let keep else { return RedactionMapping(key: SymmetricKey(size: .bits256)) }
    let keys = try RedactionKeys(keyPath)
    let entries = try runs(now: now).flatMap(\.entries)
    let path = "\(directory)/\(run.text)\(SealedFile.suffix)"
    try StateDirectory.make(directory)
    let file = SealedFile.Writer(path, started: now, expires: now.later(by: keep))
    return RedactionMapping(key: keys.naming, entries: entries) { entry in
      guard let record = SealedRecord.seal(entry, of: run.text, with: keys.sealing) else { return false }
      return file.append(record)
    }
  }
}

/// What is kept of one run.
package struct RedactedRun: Sendable {
  package let run: String
  package let started: Timestamp
  package let expires: Timestamp
  let entries: [RedactionMapping.Entry]
  /// What cannot be opened: damaged, or sealed with a key that was erased.
  package let unreadable: Int

  /// How many values of each detector.
  package var kinds: [String: Int] { Dictionary(entries.map { ($0.kind.detector, 1) }, uniquingKeysWith: +) }
  /// Who was not sent them.
  package var destinations: [String] { Set(entries.map(\.destination.description)).sorted() }
}

extension Timestamp {
  fileprivate func later(by duration: Duration) -> Timestamp {
    Timestamp(
      millisecondsSinceEpoch: millisecondsSinceEpoch + duration.components.seconds * 1000
        + duration.components.attoseconds / 1_000_000_000_000_000)
  }
}
