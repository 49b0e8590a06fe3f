internal import ArgumentParser
internal import Run

struct ChangesDiscardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discard",
    abstract: "Forget changes, for good.",
    discussion: HelpText.flowing(
      """
      PATHS are names as `sallyport changes` lists them, or directories; without
      any, everything is meant.

      EXAMPLES
        sallyport changes discard r_4f9c
        sallyport changes discard latest build
      """))

  @Argument(help: .init("Which run; it has to be named.", valueName: "run"))
  var name: String

  @Argument(help: .init("Which of its changes.", valueName: "path"))
  var paths: [String] = []

  func run() throws {
    do throws(RunError) {
      let store = try RunStore.own()
      let run = try RunName(name)
      guard !paths.isEmpty else {
        let id = try store.discardChanges(of: run)
        return Message.note("Discarded all changes of \(id).\n")
      }
      let changes = try store.changes(of: run, toDecide: true)
      let chosen = try changes.chosen(paths)
      Message.note(ChangesText.outcome("Discarded", changes, chosen, left: try changes.discard(chosen)))
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
