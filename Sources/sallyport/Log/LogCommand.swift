internal import ArgumentParser

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Verify, read, prove and export the ledger.",
    discussion: HelpText.flowing(
      """
      The ledger is a C2SP tlog-tiles transparency log: any tool that reads that format can check it.

      EXAMPLES
        sallyport log verify
        sallyport log show --run r_0123456789abcdef
        sallyport log prove 17 --output entry-17.tlog-proof
        sallyport log export evidence/
      """),
    subcommands: [
      LogVerifyCommand.self, LogShowCommand.self, LogProveCommand.self, LogExportCommand.self,
      LogAcceptForkCommand.self,
    ])
}

/// Which ledger, and under whose key.
struct LedgerOptions: ParsableArguments {
  @Option(name: .long, help: .init("The ledger's directory; the installation's own without it.", valueName: "dir"))
  var ledger: String?

  @Option(name: .long, help: .init("The log's key as you pinned it.", valueName: "vkey"))
  var key: String?
}
