internal import ArgumentParser
internal import Presentation
internal import Run

struct ChangesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the changes that wait: A added, M changed, D removed, T other permissions.",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport changes
        sallyport changes r_4f9c --json
      """))

  @Argument(help: .init("Which run.", valueName: "run"))
  var name: String?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() throws {
    do throws(RunError) {
      let store = try RunStore.own()
      let changes = try store.changes(of: try name.map(RunName.init), toDecide: false)
      if json { return Message.result(try ChangesText.json(changes.json())) }
      Message.note("\(changes.run) in \(Sanitised(changes.workspace).text): \(changes.summary)\n")
      for line in changes.lines { Message.result(Sanitised(line).text + "\n") }
      for omission in changes.omissions { Message.error(Sanitised(omission).text) }
      guard name == nil, case let others = try store.runsWithChanges().count - 1, others > 0 else { return }
      Message.note("Changes of \(others) other \(others == 1 ? "run" : "runs") wait too: sallyport changes latest~1\n")
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
