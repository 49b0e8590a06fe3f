internal import ArgumentParser

struct CanaryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "canary",
    abstract: "Plant tokens that must never travel, and see where they turned up.",
    discussion: HelpText.flowing(
      """
      A canary is worth nothing and looks like something: a key, a customer, a sentence. Every run looks for all of them
      in everything that an agent sends, under every encoding, and so does 'inspect' in files. What carries one is
      blocked. Their tokens lie in a file that only you can read, and are never printed again.

      EXAMPLES
        sallyport canary plant config/aws-credentials.bak --kind aws --label "build server"
        sallyport canary plant docs/board.md --kind document --append
        sallyport canary list
        sallyport canary remove c_1a2b3c4d
      """),
    subcommands: [CanaryPlantCommand.self, CanaryListCommand.self, CanaryRemoveCommand.self])
}
