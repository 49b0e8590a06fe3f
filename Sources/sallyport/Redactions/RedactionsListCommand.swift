internal import ArgumentParser
internal import Evidence
internal import Presentation
internal import Run

struct RedactionsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what was taken out, by run: how much of what, for whom, and how long it is kept.",
    usage: "sallyport redactions list [<options>]",
    discussion: HelpText.flowing(
      """
      The values themselves are not printed; 'restore' puts them back into a text.

      EXAMPLES
        sallyport redactions list
        sallyport redactions list --json

      Exit codes: 0 done, 73 a file cannot be read.
      """))

  @Flag(name: .long, help: "Print JSON, one run a line.")
  var json = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    do throws(RunError) {
      let runs = try RedactionVault.own().runs(now: WallClock.system.now())
      show(RedactionList(runs.map { .init($0) }))
    } catch {
      throw Exit(error).end(error.description)
    }
  }

  private func show(_ list: RedactionList) {
    if json {
      for entry in list.entries { Message.result((try? JSONText.of(entry.json)) ?? "") }
    } else if list.entries.isEmpty {
      Message.result("Nothing that was taken out is kept.\n")
    } else {
      colour.print(list.lines(columns: colour.columns))
    }
  }
}

extension RedactionList.Entry {
  init(_ run: RedactedRun) {
    self.init(
      run: run.run, started: run.started, expires: run.expires, kinds: run.kinds, destinations: run.destinations,
      unreadable: run.unreadable)
  }
}
