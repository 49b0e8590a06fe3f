internal import ArgumentParser
internal import Ledger
internal import Run

struct LogAcceptForkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept-fork",
    abstract: "Set a ledger aside that does not verify, and begin a new one that commits to it.",
    discussion: """
      Nothing is deleted: the old ledger, its key and its anchor are renamed. The new ledger has a new key, which
      auditors must pin anew, and its first entry holds the hash of the old checkpoint.

      EXAMPLES
        sallyport log verify            says what is wrong
        sallyport log accept-fork --yes
      """)

  @Flag(name: .long, help: "Do it. Without this, the command only says what it would do.")
  var yes = false

  func run() throws {
    do throws(RunError) {
      let place = try LedgerPlace(directory: nil)
      guard yes else {
        return Message.lines("\(place.directory) would be set aside and a new ledger begun. Say --yes to do it.\n")
      }
      do throws(LedgerError) {
        let outcome = try LedgerRecovery.setAside(place.directory, keys: place.keys, anchor: place.anchor)
        Message.lines("set aside: \(outcome.brokenDirectory)\nnew key:   \(outcome.key.verifier)\n")
      } catch {
        throw RunError(ledger: error)
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
