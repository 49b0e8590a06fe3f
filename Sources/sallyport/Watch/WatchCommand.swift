internal import ArgumentParser
internal import Run

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "See what a run under way sends, and answer what it asks.",
    discussion: HelpText.flowing(
      """
      Without RUN it is the run whose workspace you are in, or else the only one. On a terminal it is a screen: y and n
      answer the question at its top, tab goes to the next, q or Control-C leaves; the run goes on. On a pipe it is one
      line for each thing that happens. With --json it is what the run says, a JSON value a line (docs/watch.md), and
      lines on standard input, if that is no terminal, go to the run.

      EXAMPLES
        sallyport watch
        sallyport watch r_4f9c
        sallyport watch --wait --json > events.ndjson

      Exit codes: 0 the run ended or you left, 64 it cannot be told which run is meant, 75 no run is under way, 76 the
      run was killed while it was watched.
      """))

  @Argument(help: .init("A run's identifier, or how it begins.", valueName: "run"))
  var name: String?

  @Flag(name: .long, help: "Print what the run says, one JSON value a line.")
  var json = false

  @Flag(name: .long, help: "Show how the run stands now, and leave.")
  var once = false

  @Flag(name: .long, help: "Wait for a run where none is under way.")
  var wait = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    let options = WatchSession.Options(
      run: name, printsJSON: json, leavesWhenCurrent: once, waits: wait, colour: colour.choice)
    do throws(RunError) {
      try WatchSession(options).run()
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
