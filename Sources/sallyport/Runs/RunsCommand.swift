internal import ArgumentParser

struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List runs, or compare two of them.",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport runs
        sallyport runs --agent claude-code --limit 5
        sallyport runs --workspace . --json
        sallyport runs diff latest~1 latest
      """),
    subcommands: [RunsListCommand.self, RunsDiffCommand.self], defaultSubcommand: RunsListCommand.self)
}
