internal import ArgumentParser
internal import Run

struct ChangesDiscardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discard",
    abstract: "Forget changes, for good.",
    discussion: """
      PATHS are names as `sallyport changes` lists them, or directories; all where there are none.

      EXAMPLES
        sallyport changes discard r_4f9c
        sallyport changes discard latest build
      """)

  @Argument(help: .init("Which run; it has to be named.", valueName: "run"))
  var name: String

  @Argument(help: .init("Which of its changes.", valueName: "path"))
  var paths: [String] = []

  func run() throws {
    do throws(RunError) {
      let changes = try RunStore.own().changes(of: try RunName(name), toChange: true)
      let chosen = try changes.chosen(paths, includesProtected: true)
      let left = try changes.discard(chosen)
      Message.note("\(chosen.count) discarded; \(left == 0 ? "none waits any more" : "\(left) wait").\n")
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
