internal import ArgumentParser
internal import Documents
internal import Glibc

/// The command: parses, calls one room, prints.
@main
struct Sallyport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sallyport",
    abstract: "One way out for AI coding tools: inspected, decided, recorded, explained.",
    discussion: HelpText.flowing(
      """
      Run an agent so that everything it sends is looked at before it leaves; watch it; see what left in earlier runs, what
      this host can enforce; look for secrets in files; check a policy or the ledger.

      EXAMPLES
        sallyport run -- claude
        sallyport run --report out -- aider --message "add a test for parse()"
        sallyport watch
        sallyport runs
        sallyport inspect --staged
        sallyport canary plant notes/aws.txt --kind aws
        sallyport doctor
        sallyport policy check sallyport.yaml
        sallyport log verify
      """),
    version: SallyportVersion.text,
    subcommands: [
      RunCommand.self, WatchCommand.self, RunsCommand.self, ChangesCommand.self, ReportCommand.self,
      ObserveCommand.self, InspectCommand.self, IndexCommand.self, InitCommand.self, DoctorCommand.self,
      VerifyCommand.self, PolicyCommand.self, LogCommand.self, CanaryCommand.self,
      RedactionsCommand.self,
    ])

  static var _errorPrefix: String { "sallyport: " }

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    var type: any ParsableCommand.Type = Self.self
    do {
      try MistypedCommand.check(arguments, of: Self.self)
      var command = try await asyncParseAsRoot(arguments)
      type = Swift.type(of: command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      Message.end(0)
    } catch let error as MistypedCommand {
      refuse(error.refusal, of: error.command)
    } catch let error as ValidationError {
      // The parser knows of its own refusals only whose they are.
      refuse(error, of: type)
    } catch {
      if let code = error as? ExitCode { Message.end(code.rawValue) }
      // The parser repeats what was typed as it was typed; ours comes out as text.
      switch exitCode(for: error) {
      case .success:
        Message.result(fullMessage(for: error) + "\n")
        Message.end(0)
      case .validationFailure: Message.errorText(Self.hinted(fullMessage(for: error)))
      default: exit(withError: error)
      }
      Glibc.exit(ExitCode.validationFailure.rawValue)
    }
  }

  /// The parser looks for the nearest among a command's own options only.
  private static func hinted(_ message: String) -> String {
    let sentence = message.prefix { $0 != "\n" }
    guard !sentence.contains("Did you mean"), let match = sentence.firstMatch(of: /Unknown option '(--[^']+)'$/),
      let nearest = NearestWord.to(String(match.1), among: ["--version", "--help"])
    else { return message }
    return "\(sentence). Did you mean '\(nearest)'?\(message.dropFirst(sentence.count))"
  }

  /// As the parser refuses, with the usage of one command.
  private static func refuse(_ error: ValidationError, of command: any ParsableCommand.Type) -> Never {
    let words = names(to: command, from: Self.self) ?? [configuration.commandName ?? ""]
    Message.errorText(
      """
      \(_errorPrefix)\(error.message)
      Usage: \(usageString(for: command))
        See '\(words.joined(separator: " ")) --help' for more information.
      """)
    Glibc.exit(ExitCode.validationFailure.rawValue)
  }

  private static func names(
    to command: any ParsableCommand.Type, from start: any ParsableCommand.Type
  ) -> [String]? {
    let name = start.configuration.commandName ?? ""
    if start == command { return [name] }
    return start.configuration.subcommands.lazy.compactMap { names(to: command, from: $0) }.first.map { [name] + $0 }
  }
}
