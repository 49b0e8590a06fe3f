internal import ArgumentParser
internal import Ledger
internal import Presentation
internal import Run

struct LogAcceptForkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept-fork",
    abstract: "Set a ledger aside that does not verify or lacks a part, and begin a new one that commits to it.",
    discussion: HelpText.flowing(
      """
      Nothing is deleted: the old ledger, its key and its anchor are renamed, as far as they are there. The new ledger
      has a new key, which auditors must pin anew, and its first entry holds the hash of the old checkpoint. A ledger
      that is whole and verifies is left as it is.

      EXAMPLES
        sallyport log verify            says what is wrong
        sallyport log accept-fork --yes

      Exit codes: 0 done or shown, 64 the ledger is sound, 66 there is none.
      """))

  @Flag(name: .long, help: "Do it. Without this, the command only says what it would do.")
  var yes = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    do throws(RunError) {
      guard let home = try LedgerPlace(directory: nil).home else { return }
      guard (try? home.condition()) != .unused else {
        throw RunError(.programMissing, at: home.directory, "there is no ledger.", remedy: "The first run begins one.")
      }
      do throws(LedgerError) {
        guard yes else {
          try LedgerRecovery.check(home)
          return colour.print([
            Line(
              Piece(home.directory, .strong),
              Piece(" would be set aside and a new ledger begun. Say --yes to do it.", .notice))
          ])
        }
        let outcome = try LedgerRecovery.setAside(home)
        var lines: [Line] = []
        if let broken = outcome.brokenDirectory { lines.append(Line(Piece("set aside: ", .muted), Piece(broken))) }
        lines.append(Line(Piece("new key:   ", .muted), Piece("\(outcome.key.verifier)")))
        colour.print(lines)
      } catch {
        throw RunError(ledger: error)
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
