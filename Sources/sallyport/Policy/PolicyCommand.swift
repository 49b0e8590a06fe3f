internal import ArgumentParser

struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check a policy, or see what it says of a request and why.",
    subcommands: [PolicyCheckCommand.self, PolicyExplainCommand.self, PolicyShowCommand.self])
}
