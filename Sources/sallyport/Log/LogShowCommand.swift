internal import ArgumentParser
internal import Evidence
internal import Ledger
internal import Presentation
internal import Run

struct LogShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show entries of the ledger, oldest first.",
    usage: "sallyport log show [<options>]",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport log show --limit 20
        sallyport log show --verdict block --json
      """))

  @OptionGroup var options: LedgerOptions

  @Option(
    name: .customLong("run"), help: .init("Of this run: its identifier or the beginning of it.", valueName: "run"))
  var ofRun: String?

  @Option(
    name: .long, help: .init("Of this type, such as egress.decision.", valueName: "type"),
    completion: .list(LedgerQuery.types))
  var type: String?

  @Option(name: .long, help: .init("About this host.", valueName: "host"))
  var host: String?

  @Option(
    name: .long, help: .init("Of this purpose.", valueName: "purpose"), completion: Choice.completion(Purpose.self))
  var purpose: String?

  @Option(
    name: .long, help: .init("With this verdict: allow, report, redact, ask or block.", valueName: "verdict"),
    completion: Choice.completion(Action.self))
  var verdict: String?

  @Option(name: .long, parsing: .unconditional, help: .init("The newest so many.", valueName: "n"))
  var limit: Int?

  @Flag(name: .long, help: "Print each entry's own JSON, one a line.")
  var json = false

  @OptionGroup var colour: ColourOption

  func validate() throws {
    if ofRun == "" { throw ValidationError("--run wants a run's identifier, or how it begins, not ''.") }
    if let limit, limit < 1 { throw ValidationError("--limit wants a number from 1, not \(limit).") }
    if let verdict { _ = try Choice.of(Action.self, verdict, for: "--verdict") }
    if let purpose { _ = try Choice.of(Purpose.self, purpose, for: "--purpose") }
  }

  func run() throws {
    let entries: [LedgerEntry]
    do throws(RunError) {
      let audit = try LedgerPlace(directory: options.ledger).audit(key: options.key)
      do throws(LedgerError) {
        entries = try audit.show(
          LedgerQuery(run: ofRun, type: type, host: host, purpose: purpose, verdict: verdict, limit: limit))
      } catch {
        throw RunError(ledger: error)
      }
      // A later release may have written types that this one does not know.
      if let type, entries.isEmpty, !LedgerQuery.types.contains(type) {
        throw RunError(usage: Choice.refusal("--type", type, among: LedgerQuery.types).message)
      }
      if let ofRun, entries.isEmpty, try isUnknown(ofRun, in: audit) {
        throw RunError(.programMissing, at: ofRun, "the ledger has no such run.", remedy: "See: sallyport runs")
      }
    } catch {
      throw Exit(error).end(error.description)
    }
    if json {
      for entry in entries { Message.result(String(decoding: entry.bytes, as: UTF8.self) + "\n") }
    } else {
      Message.result(Self.table(entries, colour.terminal()))
    }
  }

  private func isUnknown(_ run: String, in audit: LedgerAudit) throws(RunError) -> Bool {
    do throws(LedgerError) {
      return try audit.show(LedgerQuery(run: run, limit: 1)).isEmpty
    } catch {
      throw RunError(ledger: error)
    }
  }

  private static func table(_ entries: [LedgerEntry], _ terminal: Terminal) -> String {
    var table = Table([
      .init("entry", .trailing), .init("time"), .init("type"), .init("verdict"), .init("purpose"),
      .init("host", ellipsis: .atEnd),
    ])
    for entry in entries {
      table.rows.append([
        Piece(String(entry.index)), Piece(Sanitised(entry.time ?? "").text, .muted),
        Piece(Sanitised(entry.type ?? "").text),
        Piece(Sanitised(entry.verdict ?? "").text, entry.verdict == "block" ? .notice : .good),
        Piece(Sanitised(entry.purpose ?? "").text), Piece(Sanitised(entry.host ?? "").text),
      ])
    }
    return table.lines(columns: terminal.tableColumns).rendered(terminal.style)
  }
}
