internal import ArgumentParser

struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check a policy, or see what it says of a request and why.",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport policy check
        sallyport policy explain --agent claude-code --method POST \\
          --url https://api.anthropic.com/v1/messages
        sallyport policy show control
      """),
    subcommands: [PolicyCheckCommand.self, PolicyExplainCommand.self, PolicyShowCommand.self])
}
