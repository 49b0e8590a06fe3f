package import Evidence
internal import Synchronization

/// An append-only log on one machine that proves itself: a C2SP tlog-tiles directory with signed checkpoints.
///
/// An entry is durable when its append completes; within 250 ms it is in the tree and under a checkpoint. Several logs,
/// in one process or in many, may be open over one directory: each entry gets its own index, without gaps.
package final class TransparencyLog: Sendable {
  private let writer: LogWriter
  private let closing = Mutex(Closing.open)

  private enum Closing {
    case open
    case closed(LedgerError?)
  }

  private init(_ writer: LogWriter) { self.writer = writer }

  deinit { try? close() }

  /// Opens the log in `directory`, or makes one where nothing is, after checking it.
  ///
  /// Checked are: key, state record, published checkpoint, anchor, journal, all tiles above the leaves, and the newest
  /// 65,536 entries with all tiles over them; the older ones by ``LedgerAudit``. What a process that died has left half
  /// done is completed. Nothing is written before all of it was found sound.
  ///
  /// - Parameters:
  ///   - anchor: a file outside `directory` that keeps the last published checkpoint, so that an older copy of the
  ///     whole directory is found out; `nil` to do without.
  ///   - durability: what appended entries have to survive.
  /// - Throws: `.doesNotVerify`, `.truncated`, `.rolledBack` or `.keyMismatch` where the stored log is not the one that
  ///   was written; else what the system said.
  package static func open(
    at directory: String, key: LedgerKey, anchor: String?, durability: Durability = .process
  ) throws(LedgerError) -> TransparencyLog {
    try open(at: directory, key: key, anchor: anchor, durability: durability, mayBegin: true, probe: nil)
  }

  static func open(
    at directory: String, key: LedgerKey, anchor: String?, durability: Durability, mayBegin: Bool = true,
    probe: StorageProbe?
  ) throws(LedgerError) -> TransparencyLog {
    let place = Sequencer.Place(
      directory: try LedgerDirectory(directory, create: mayBegin, probe: probe), key: key,
      anchor: anchor.map { Anchor(path: $0, probe: probe) }, durability: durability, mayBegin: mayBegin)
    let writer = LogWriter(try Sequencer.open(place))
    try writer.start()
    return TransparencyLog(writer)
  }

  /// The number of durable entries, as far as this process has seen.
  package var size: Int { writer.size.load(ordering: .acquiring) }

  /// Entries that were appended here and are durable.
  package var appendedEntries: Int { writer.appended.load(ordering: .acquiring) }

  /// Appends the entries, one behind the other and all or none; appending nothing is done at once.
  ///
  /// - Parameters:
  ///   - isUrgent: false for what nobody waits for: it becomes durable with what comes next, within 250 ms, and costs no
  ///     waking of the writer of its own.
  ///   - completion: called once, when the entries are durable: on the writer's thread, or on the caller's before this
  ///     returns, where nobody else was writing or where they cannot be taken: `.entryTooLarge`, `.entryNotJSON`,
  ///     `.appendTooLarge`, `.overloaded`, `.closed`. It must not block and must not close the log.
  package func append(
    _ entries: [JSONValue], isUrgent: Bool = true,
    completion: @escaping @Sendable (Result<Range<Int>, LedgerError>) -> Void
  ) {
    do throws(LedgerError) {
      let encoded = try Self.encode(entries)
      if encoded.isEmpty { return completion(.success(size..<size)) }
      try submit(encoded, isUrgent: isUrgent, completion)
    } catch {
      completion(.failure(error))
    }
  }

  /// Appends one entry that is written already.
  package func append(
    _ entry: CanonicalText, isUrgent: Bool = true,
    completion: @escaping @Sendable (Result<Range<Int>, LedgerError>) -> Void
  ) {
    do throws(LedgerError) {
      try Self.check(entry.bytes, position: 0)
      try submit([entry.bytes], isUrgent: isUrgent, completion)
    } catch {
      completion(.failure(error))
    }
  }

  private func submit(
    _ entries: [[UInt8]], isUrgent: Bool, _ completion: @escaping SubmissionQueue.Completion
  ) throws(LedgerError) {
    let bytes = entries.reduce(0) { $0 + $1.count }
    try writer.take(
      SubmissionQueue.Submission(entries: entries, byteCount: bytes, completion: completion), isUrgent: isUrgent)
  }

  /// Appends the entries and returns their indexes when they are durable.
  package func append(_ entries: [JSONValue]) async throws(LedgerError) -> Range<Int> {
    let result = await withCheckedContinuation { continuation in
      append(entries) { continuation.resume(returning: $0) }
    }
    return try result.get()
  }

  private static func encode(_ entries: [JSONValue]) throws(LedgerError) -> [[UInt8]] {
    guard entries.count <= LedgerLimits.entriesPerAppend else {
      throw LedgerError(
        .appendTooLarge, place: "append", "\(entries.count) entries are past \(LedgerLimits.entriesPerAppend)",
        remedy: "append them in several calls")
    }
    var encoded: [[UInt8]] = []
    for (position, entry) in entries.enumerated() {
      guard let bytes = try? CanonicalJSON.encode(entry) else {
        throw LedgerError(
          .entryNotJSON, place: "entry \(position) of the append", "it holds a number that is not finite")
      }
      try check(bytes, position: position)
      encoded.append(bytes)
    }
    guard encoded.reduce(0, { $0 + $1.count }) <= LedgerLimits.bytesPerAppend else {
      throw LedgerError(
        .appendTooLarge, place: "append", "the entries are past \(LedgerLimits.bytesPerAppend) bytes together",
        remedy: "append them in several calls")
    }
    return encoded
  }

  private static func check(_ entry: [UInt8], position: Int) throws(LedgerError) {
    guard entry.count <= LedgerLimits.entryBytes else {
      throw LedgerError(
        .entryTooLarge, place: "entry \(position) of the append",
        "\(entry.count) bytes are past the \(LedgerLimits.entryBytes) of an entry",
        remedy: "record a commitment to the content instead of the content")
    }
  }

  /// Makes durable what waits, puts everything into the tree, publishes the checkpoint and stops the writer. Later
  /// appends fail with `.closed`; closing again says the same as the first time.
  ///
  /// - Throws: where the checkpoint could not be published. The entries are safe in the journal and the next opening
  ///   publishes them.
  package func close() throws(LedgerError) {
    let error = closing.withLock { closing -> LedgerError? in
      if case .closed(let error) = closing { return error }
      writer.queue.stop()
      let error = writer.join()
      closing = .closed(error)
      return error
    }
    if let error { throw error }
  }
}
