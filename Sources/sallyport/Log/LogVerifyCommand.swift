internal import ArgumentParser
internal import Evidence
internal import Ledger
internal import Run

struct LogVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute the whole ledger: every entry, tile, root and signature.",
    discussion: """
      EXAMPLES
        sallyport log verify
        sallyport log verify --ledger evidence/ --key "$(cat pinned.vkey)" --json

      Exit codes: 0 it verifies, 74 it does not.
      """)

  @OptionGroup var options: LedgerOptions

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() throws {
    let report: AuditReport
    do throws(RunError) {
      let audit = try LedgerPlace(directory: options.ledger).audit(key: options.key)
      do throws(LedgerError) { report = try audit.verify() } catch { throw RunError(ledger: error) }
    } catch {
      throw Exit(error).end(error.description)
    }
    if json { Message.result(try JSONText.of(report.json)) } else { Message.lines(report.sentence) }
    if !report.verifies { throw ExitCode(Exit.ledger.rawValue) }
  }
}

extension AuditReport {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "verifies": .bool(verifies), "origin": .string(origin), "size": .integer(size), "root": .string(root.base64),
      "entriesChecked": .integer(entriesChecked), "filesChecked": .integer(filesChecked),
      "journalEntriesChecked": .integer(journalEntriesChecked), "anchored": .bool(isAnchored),
    ]
    if let problem {
      members["problem"] = [
        "kind": .string(problem.kind.rawValue), "file": .string(problem.file), "sentence": .string(problem.sentence),
      ]
    }
    return .object(members)
  }
}
