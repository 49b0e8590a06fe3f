internal import ArgumentParser
internal import Documents
internal import Evidence
internal import Presentation
internal import Run

struct RunsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List runs, newest first, with what left in each.",
    usage: "sallyport runs list [<options>]",
    discussion: HelpText.flowing(
      """
      Times are in UTC. A run whose process was killed is listed as never finished. Nothing that was kept of a run is
      deleted by itself (docs/runs.md).

      EXAMPLES
        sallyport runs
        sallyport runs --agent claude-code --limit 5
        sallyport runs --workspace . --json
      """))

  @Option(name: .long, parsing: .unconditional, help: .init("The newest so many.", valueName: "n"))
  var limit = 20

  @Option(name: .long, help: .init("Of this agent of the catalogue.", valueName: "id"))
  var agent: String?

  @Option(name: .long, help: .init("In this directory, or beneath it.", valueName: "dir"))
  var workspace: String?

  @Flag(name: .long, help: "Print JSON, one run a line.")
  var json = false

  @OptionGroup var colour: ColourOption

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit wants a number from 1, not \(limit).") }
  }

  func run() throws {
    let page: RunStore.Page
    do throws(RunError) {
      page = try RunStore.own().list(.init(limit: limit, agent: agent, workspace: workspace))
      if page.runs.isEmpty { try RunStore.checkNames(agent: agent, workspace: workspace) }
    } catch {
      throw Exit(error).end(error.description)
    }
    let entries = page.runs.map { run in
      RunList.Entry(run: run.id, began: run.began, card: run.card, isUnderWay: run.isUnderWay)
    }
    if json {
      for entry in entries { Message.result(try JSONText.of(entry.json)) }
    } else if entries.isEmpty {
      Message.result(agent == nil && workspace == nil ? "No runs yet.\n" : "No such runs.\n")
    } else {
      colour.print(RunList(entries).lines(columns: colour.columns))
      if page.unread > 0 { Message.note("\(page.unread.grouped) older: --limit shows more.\n") }
    }
    for problem in page.runs.compactMap(\.problem) { Message.error(problem.description) }
  }
}
