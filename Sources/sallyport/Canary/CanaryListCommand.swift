internal import ArgumentParser
internal import Presentation
internal import Run

struct CanaryListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List canaries, where they lie, and where they were seen last.",
    usage: "sallyport canary list [<options>]",
    discussion: HelpText.flowing(
      """
      What was seen is read from the newest 20,000 decisions of the ledger, which knows canaries by their fingerprints.

      EXAMPLES
        sallyport canary list
        sallyport canary list --json
      """))

  @Flag(name: .long, help: "Print JSON, one canary a line.")
  var json = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    do throws(RunError) {
      let canaries = try CanaryStore.own().canaries()
      let sightings = canaries.isEmpty ? nil : try CanarySightings.own()
      show(CanaryList(canaries.map { .init($0, sightings?.last(of: $0)) }))
    } catch {
      throw Exit(error).end(error.description)
    }
  }

  private func show(_ list: CanaryList) {
    if json {
      for entry in list.entries { Message.result((try? JSONText.of(entry.json)) ?? "") }
    } else if list.entries.isEmpty {
      Message.result("No canaries yet: sallyport canary plant\n")
    } else {
      colour.print(list.lines(columns: colour.columns))
    }
  }
}
