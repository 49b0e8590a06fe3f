internal import ArgumentParser
internal import Presentation
internal import Run

struct ChangesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the changes as a diff.",
    discussion: """
      PATHS are names as `sallyport changes` lists them, or directories; all but those in .git where there are none. The
      diff is against the workspace as it is now, and names what is no text, or is longer than a MiB, without showing it. On a terminal, control
      characters are shown by name.

      EXAMPLES
        sallyport changes show
        sallyport changes show latest src/parser.c
        sallyport changes show r_4f9c > all.patch
      """)

  @Argument(help: .init("Which run.", valueName: "run"))
  var name: String?

  @Argument(help: .init("Which of its changes.", valueName: "path"))
  var paths: [String] = []

  @Flag(name: .long, help: "Print JSON, each change with its diff.")
  var json = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    do throws(RunError) {
      let changes = try RunStore.own().changes(of: try name.map(RunName.init), toDecide: false)
      let chosen = try changes.chosen(paths)
      if json { return Message.result(try ChangesText.json(changes.json(showing: chosen))) }
      let isShown = colour.terminal().isInteractive
      // git apply refuses a patch with its own files in it.
      let shown = paths.isEmpty ? chosen.filter { !$0.isGits } : chosen
      for change in shown {
        let patch = changes.patch(of: change)
        Message.result(isShown ? Self.safe(patch) : patch)
      }
      let left = chosen.count - shown.count
      if left > 0 {
        Message.note("\(left) changes in .git are not shown: sallyport changes show \(changes.run) .git\n")
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }

  private static func safe(_ text: String) -> String {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Sanitised(String($0)).text }
      .joined(separator: "\n")
  }
}
