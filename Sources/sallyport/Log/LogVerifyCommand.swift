internal import ArgumentParser
internal import Evidence
internal import Ledger
internal import Presentation
internal import Run

struct LogVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute the whole ledger: every entry, tile, root and signature; or check one proof.",
    usage: "sallyport log verify [<options>]",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport log verify
        sallyport log verify --since earlier.checkpoint
        sallyport log verify --ledger evidence/ --key "$(cat pinned.vkey)" --json
        sallyport log verify --proof entry-17.tlog-proof --key "$(cat pinned.vkey)"

      Without --key the key is taken from beside the ledger: then the ledger agrees with itself, and anybody may have
      signed it.

      Exit codes: 0 it verifies, 74 it does not.
      """))

  @OptionGroup var options: LedgerOptions

  @Option(
    name: .long,
    help: .init("Also hold the ledger to this earlier checkpoint of it.", valueName: "checkpoint-file"))
  var since: String?

  @Option(name: .long, help: .init("Check this proof of one entry instead; needs --key.", valueName: "file"))
  var proof: String?

  @Option(name: .long, help: .init("The entry that --proof speaks of; FILE.entry without it.", valueName: "file"))
  var entry: String?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @OptionGroup var colour: ColourOption

  func validate() throws {
    if entry != nil, proof == nil { throw ValidationError("--entry goes with --proof.") }
    guard proof != nil else { return }
    if options.key == nil { throw ValidationError("--proof needs --key: a proof says nothing without the key.") }
    if since != nil || options.ledger != nil { throw ValidationError("--proof needs no ledger, only --key.") }
  }

  func run() throws {
    do throws(RunError) {
      if let proof, let key = options.key { return try check(proof, key) }
      try verify()
    } catch {
      throw Exit(error).end(error.description)
    }
  }

  private func check(_ proof: String, _ key: String) throws(RunError) {
    let key = try LedgerPlace.pinned(key)
    let (note, bytes) = (
      try EvidenceFile.read(proof, for: "a proof, as log prove writes it"),
      try EvidenceFile.read(entry ?? "\(proof).entry", for: "the entry that the proof speaks of; --entry names another")
    )
    do throws(LedgerError) {
      let tlog = try TlogProof(note)
      let checkpoint = try tlog.verify(entry: bytes, with: key).value
      let words = "entry \(tlog.inclusion.index) is in the ledger \(checkpoint.origin) of \(checkpoint.size) entries"
      put(
        ["proof verified: \(words), root \(checkpoint.root), \(KeySource.pinned.words)"],
        [
          "verifies": true, "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size),
          "root": .string(checkpoint.root.base64), "index": .integer(tlog.inclusion.index),
          "key": .string(KeySource.pinned.rawValue),
        ])
    } catch {
      throw RunError(ledger: LedgerError(error.code, place: proof, error.sentence, remedy: error.remedy))
    }
  }

  private func verify() throws(RunError) {
    let earlier = try since.map { file throws(RunError) in try EvidenceFile.read(file, for: EvidenceFile.checkpoint) }
    let place = try LedgerPlace(directory: options.ledger)
    let audit = try place.audit(key: options.key)
    let report = try Self.asking { () throws(LedgerError) in try audit.verify() }
    if let problem = report.problem {
      let refusal = place.refusal(of: problem)
      if json { put([], .object(report.members(remedy: refusal.remedy))) }
      throw refusal
    }
    let continuation = try Self.asking { () throws(LedgerError) in
      try earlier.map { note throws(LedgerError) in try audit.continuation(of: note, place: since ?? "--since") }
    }
    var members = report.members()
    var lines = [report.sentence]
    if let continuation {
      lines.append("it continues the checkpoint of size \(continuation.proof.oldSize) (\(since ?? ""))")
      members["since"] = .integer(continuation.proof.oldSize)
    }
    if let isAppendable = place.isAppendable {
      members["appendable"] = .bool(isAppendable)
      if !isAppendable, let home = place.home { lines.append("but nothing can be appended to it: \(home.keyGone)") }
    }
    put(lines, .object(members))
  }

  private static func asking<Answer>(_ ledger: () throws(LedgerError) -> Answer) throws(RunError) -> Answer {
    do throws(LedgerError) { return try ledger() } catch { throw RunError(ledger: error) }
  }

  private func put(_ lines: [String], _ value: JSONValue) {
    guard !json else { return Message.result((try? JSONText.of(value)) ?? "") }
    colour.print(lines.map { Line(Piece($0, .good)) })
  }
}

extension AuditReport {
  /// - Parameter remedy: of its problem.
  fileprivate func members(remedy: String = "") -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "verifies": .bool(verifies), "origin": .string(origin), "size": .integer(size), "root": .string(root.base64),
      "entriesChecked": .integer(entriesChecked), "filesChecked": .integer(filesChecked),
      "journalEntriesChecked": .integer(journalEntriesChecked), "anchored": .bool(isAnchored),
      "key": .string(keySource.rawValue),
    ]
    if let problem {
      members["problem"] = [
        "kind": .string(problem.kind.rawValue), "file": .string(problem.file), "sentence": .string(problem.sentence),
        "remedy": .string(remedy),
      ]
    }
    return members
  }
}
