internal import ArgumentParser
internal import Evidence
internal import Glibc
internal import Presentation
internal import Run
internal import Sandbox

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show which layers of the sandbox this host can engage, each tried in a throw-away sandbox.",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport doctor
        sallyport doctor --json

      Exit codes: 0 every layer can be engaged, 69 one cannot; its fix is printed. 74 the ledger does not verify, which
      refuses every run, and 64 or 73 the state cannot be used.
      """))

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @OptionGroup var colour: ColourOption

  func run() async throws {
    let helper: String
    do {
      helper = try InitProgram.path()
    } catch {
      throw Exit(error).end(error.description)
    }
    let report = await HostReport.examine(helper: helper)
    let refusal = LedgerPlace.refusalOfRuns()
    if json {
      var members = report.json.object ?? [:]
      members["refusal"] = refusal.map { .string($0.description) }
      Message.result(try JSONText.of(.object(members)))
    } else {
      Message.result(Self.text(report, hasRefusal: refusal != nil, colour.terminal()))
    }
    if !report.isSufficient { throw ExitCode(Exit.unavailable.rawValue) }
    if let refusal { throw Exit(refusal).end("no run is started: \(refusal)") }
  }

  private static func text(_ report: HostReport, hasRefusal: Bool, _ terminal: Terminal) -> String {
    var table = Table([.init("layer"), .init("state"), .init("detail", ellipsis: .atEnd)])
    for layer in report.layers {
      let tint: Tint = layer.state == .engaged ? .good : .notice
      table.rows.append([Piece(layer.layer), Piece(layer.state.rawValue, tint), Piece(layer.detail, .muted)])
    }
    var text = table.lines(columns: terminal.tableColumns).rendered(terminal.style)
    for layer in report.layers where !layer.fix.isEmpty && layer.state != .engaged {
      text += "\n\(layer.layer): \(layer.fix)\n"
    }
    if !report.isSufficient { return text + "\nNo run is started on this host.\n" }
    return text + (hasRefusal ? "\nEvery layer can be engaged.\n" : "\nRuns are confined on this host.\n")
  }
}
