internal import ArgumentParser
internal import Run

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show again what a run sent: as text, as a page, or for machines.",
    usage: "sallyport report [<options>] [<run>]",
    discussion: HelpText.flowing(
      """
      RUN is an identifier or how it begins, latest (which it is without it), latest~1 for the one before, or the path
      of a report.json. Without --output a report goes to standard output: text, unless --format says otherwise. With
      it, report.json, report.html and findings.sarif are written there, as by run --report, or only the one that
      --format names.

      EXAMPLES
        sallyport report
        sallyport report latest~1 --output out
        sallyport report r_4f9c --format sarif > findings.sarif
      """))

  @Argument(help: .init("Which run.", valueName: "run"))
  var name = "latest"

  @Option(name: .shortAndLong, help: .init("Write into this directory.", valueName: "dir"))
  var output: String?

  @Option(
    name: .long, help: .init("text, html, json or sarif.", valueName: "format"),
    completion: Choice.completion(StoredReport.Format.self))
  var format: String?

  @OptionGroup var colour: ColourOption

  func validate() throws {
    guard let format = try chosen, output != nil, format == .text else { return }
    throw ValidationError("--output writes html, json or sarif; text goes to standard output.")
  }

  private var chosen: StoredReport.Format? {
    get throws { try format.map { try Choice.of(StoredReport.Format.self, $0, for: "--format") } }
  }

  func run() throws {
    let format = try chosen
    do throws(RunError) {
      let report = try StoredReport(at: try RunStore.own().report(of: RunName(name)))
      if let output {
        let written = try report.write(format.map { [$0] } ?? StoredReport.Format.files, into: output)
        for path in written { Message.result("\(path)\n") }
      } else {
        Message.result(bytes: try report.bytes(as: format ?? .text, for: colour.terminal()))
      }
    } catch {
      throw Exit(error).end(error.description)
    }
  }
}
