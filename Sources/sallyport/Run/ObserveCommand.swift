internal import ArgumentParser
internal import Run

struct ObserveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "observe",
    abstract: "Run an agent with nothing blocked, and propose the least policy that would have sufficed.",
    discussion: HelpText.flowing(
      """
      The same as sallyport run, but policy is only told of: what it would stop goes on, and the record says what would
      have been done. Use it with an agent and a task that you trust. At the end a policy is proposed that allows what
      was seen and nothing else: read it, then run with it.

      EXAMPLES
        sallyport observe --output proposed.yaml -- claude -p "explain parse()"
        sallyport observe --diff -- codex exec "fix the failing test"
        sallyport run --policy proposed.yaml -- claude -p "explain parse()"
      """))

  @Option(
    name: .shortAndLong,
    help: .init("Write the proposed policy to this file; without it, to standard output.", valueName: "file"))
  var output: String?

  @Flag(name: .long, help: "Give the proposal as a unified diff against the policy file in force.")
  var diff = false

  @Flag(name: .long, help: "Write over an existing file.")
  var force = false

  @OptionGroup var arguments: RunArguments

  func validate() throws {
    guard !arguments.command.isEmpty else {
      throw ValidationError("Name the agent's command after --, as in: sallyport observe -- claude")
    }
  }

  func run() async throws {
    var options = arguments.options
    options.proposal = ProposalOptions(output: output, isDiff: diff, replaces: force)
    throw try await arguments.end(options) { ended in
      guard let proposal = ended.proposal else { return }
      if let problem = proposal.problem {
        Message.error(problem.description)
      } else if let text = proposal.printed {
        Message.result(text)
      }
      if !arguments.quiet { Message.errorText(proposal.sentence) }
      if let problem = proposal.problem, ended.problem == nil { throw ExitCode(Exit(problem).rawValue) }
    }
  }
}
