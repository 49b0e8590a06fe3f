internal import ArgumentParser

/// The command: parses, calls one room, prints.
@main
struct Sallyport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sallyport",
    abstract: "One way out for AI coding tools: inspected, decided, recorded, explained.",
    discussion: """
      Run an agent so that everything it sends is looked at before it leaves; see what this host can enforce; check a
      policy or the ledger.

      EXAMPLES
        sallyport run -- claude
        sallyport run --report out -- aider --message "add a test for parse()"
        sallyport doctor
        sallyport policy check sallyport.yaml
        sallyport log verify
      """,
    version: SallyportVersion.text,
    subcommands: [
      RunCommand.self, InitCommand.self, DoctorCommand.self, PolicyCommand.self, LogCommand.self,
    ])
}
