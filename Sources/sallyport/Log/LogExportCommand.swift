internal import ArgumentParser
internal import Ledger
internal import Presentation
internal import Run

struct LogExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Copy the verified ledger into a new directory, for an auditor.",
    usage: "sallyport log export [<options>] <dir>",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport log export evidence/
        sallyport log verify --ledger evidence/ --key "$(cat pinned.vkey)"

      The key is printed. Give it to the auditor by another way than the copy: the key that lies in the copy proves only
      that the copy agrees with itself.
      """))

  @OptionGroup var options: LedgerOptions

  @Argument(help: .init("A directory that is not there yet.", valueName: "dir"))
  var target: String

  @OptionGroup var colour: ColourOption

  func run() throws {
    do throws(RunError) {
      let audit = try LedgerPlace(directory: options.ledger).audit(key: options.key)
      do throws(LedgerError) {
        let report = try audit.export(to: target)
        colour.print([
          Line(
            Piece(target, .strong),
            Piece(": \(report.size) entries exported. Give the auditor the key apart from it:")),
          Line(Piece("\(audit.verifierKey)")),
        ])
      } catch {
        throw RunError(ledger: error)
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
