internal import ArgumentParser
internal import Presentation
internal import Run

struct RunsDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what is new, gone or different in one run beside another.",
    discussion: HelpText.flowing(
      """
      Compared are agent and version, policy, sandbox, destinations with their purposes, kinds of request, what was
      blocked and found, files that left with their lines, programs and names asked; not counts, bytes or times.
      Each run is an identifier or how it begins, latest, latest~1, or the path of a report.json.

      EXAMPLES
        sallyport runs diff latest~1 latest
        sallyport runs diff r_4f9c r_77ab --json
        sallyport runs diff before/report.json latest

      Exit codes: 0 no difference, 1 there is one.
      """))

  @Argument(help: .init("The run to compare with.", valueName: "old"))
  var old: String

  @Argument(help: .init("The run that is compared.", valueName: "new"))
  var new: String

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    let difference: RunDifference
    do throws(RunError) {
      let store = try RunStore.own()
      difference = RunDifference(
        from: try StoredReport(at: try store.report(of: RunName(old))).report,
        to: try StoredReport(at: try store.report(of: RunName(new))).report)
    } catch {
      throw Exit(error).end(error.description)
    }
    if json {
      Message.result(try JSONText.of(difference.json))
    } else {
      colour.print(difference.lines(columns: colour.columns))
    }
    // As diff(1) does.
    if !difference.isSame { throw ExitCode(1) }
  }
}
