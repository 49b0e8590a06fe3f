internal import ArgumentParser
internal import Run

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an agent in a sandbox whose only way out is inspected.",
    discussion: HelpText.flowing(
      """
      Everything after -- is the agent's own command. Its exit code is passed on; sallyport's own are 64 to 76
      (docs/exit-codes.md).

      EXAMPLES
        sallyport run -- claude
        sallyport run --report out -- codex exec "fix the failing test"
        sallyport run --quiet --json run.json -- claude -p "explain parse()"
        sallyport run --read ~/notes --secret GITHUB_TOKEN@api.github.com -- aider
        sallyport run --connect-to ::127.0.0.1:8443 --upstream-ca ca.pem -- ./it.py
      """))

  @OptionGroup var arguments: RunArguments

  func validate() throws {
    guard !arguments.command.isEmpty else {
      throw ValidationError("Name the agent's command after --, as in: sallyport run -- claude")
    }
  }

  func run() async throws {
    throw try await arguments.end(arguments.options)
  }
}
