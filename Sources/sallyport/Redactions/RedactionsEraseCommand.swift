internal import ArgumentParser
internal import Evidence
internal import Run

struct RedactionsEraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Forget what was taken out in a run, or in all of them.",
    usage: "sallyport redactions erase [<run> ...] [<options>]",
    discussion: HelpText.flowing(
      """
      Later runs then leave its placeholders as they are; one that lives keeps what it knows in memory. With --all the key
      goes too, so that copies of the files, in a backup say, can no longer be opened.

      EXAMPLES
        sallyport redactions erase r_0123
        sallyport redactions erase latest
        sallyport redactions erase --all

      Exit codes: 0 it is forgotten, 64 it names no run, or several, 66 there is no such run, or nothing of it is kept, 73 a file cannot be removed.
      """))

  @Argument(help: .init("Runs: identifiers or how they begin, latest, latest~1.", valueName: "run"))
  var runs: [String] = []

  @Flag(name: .long, help: "Everything, and the key.")
  var all = false

  func validate() throws {
    if all != runs.isEmpty { throw ValidationError("erase wants runs, or --all.") }
  }

  func run() throws {
    do throws(RunError) {
      let vault = try RedactionVault.own()
      if all {
        let count = try vault.eraseAll()
        return Message.result("\(count == 1 ? "1 run is" : "\(count) runs are") forgotten, and the key.\n")
      }
      let store = try RunStore.own()
      // All are known before one is erased.
      for run in try runs.map({ name throws(RunError) in try vault.run(named: name, in: store) }) {
        try vault.erase(run)
        Message.result("\(run) is forgotten.\n")
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
