internal import ArgumentParser
internal import Presentation
internal import Run

struct ChangesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the changes as a diff.",
    discussion: HelpText.flowing(
      """
      PATHS are names as `sallyport changes` lists them, or directories. Without
      any, everything but what lies in .git is meant; without RUN, the newest run
      in this workspace whose changes wait. The diff is against the workspace as it is now; what is
      no text, longer than a MiB, a pipe or a socket, is only named. On a terminal, control
      characters are shown by name.

      EXAMPLES
        sallyport changes show
        sallyport changes show src/parser.c
        sallyport changes show r_4f9c > all.patch
      """))

  @Argument(help: .init("Which run.", valueName: "run"))
  var name: String?

  @Argument(help: .init("Which of its changes.", valueName: "path"))
  var paths: [String] = []

  @Flag(name: .long, help: "Print JSON, each change with its diff.")
  var json = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    do throws(RunError) {
      let target = try ChangesText.target(name, paths)
      let changes = try RunStore.own().changes(of: target.run, toDecide: false)
      let chosen = try changes.chosen(target.paths)
      if json { return Message.result(try ChangesText.json(changes.json(showing: chosen))) }
      let isShown = colour.terminal().isInteractive
      // git apply refuses a patch with its own files in it.
      let shown = target.paths.isEmpty ? chosen.filter { !$0.isGits } : chosen
      for change in shown {
        let patch = changes.patch(of: change)
        Message.result(isShown ? Self.safe(patch) : patch)
      }
      let left = chosen.count - shown.count
      if left > 0 {
        Message.note("Not shown, \(left) in .git: sallyport changes show \(changes.run) .git\n")
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
