internal import ArgumentParser
internal import Ledger
internal import Run

struct LogExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Copy the verified ledger into a new directory, for an auditor.",
    discussion: """
      EXAMPLES
        sallyport log export evidence/
        sallyport log verify --ledger evidence/
      """)

  @OptionGroup var options: LedgerOptions

  @Argument(help: .init("A directory that is not there yet.", valueName: "dir"))
  var target: String

  func run() throws {
    do throws(RunError) {
      let audit = try LedgerPlace(directory: options.ledger).audit(key: options.key)
      do throws(LedgerError) {
        let report = try audit.export(to: target)
        Message.lines("\(target): \(report.size) entries exported. Give the auditor the key apart from it:\n")
        Message.result("\(audit.verifierKey)\n")
      } catch {
        throw RunError(ledger: error)
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
