internal import ArgumentParser

struct RedactionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redactions",
    abstract: "See, turn back or forget what was taken out of messages.",
    discussion: HelpText.flowing(
      """
      Where policy says redact, a value is taken out of a message and a placeholder such as
      REDACTED_github_token_7kq2mzx4pa is sent in its place. In the answers of the same destination it is put back, so that
      the agent does not notice. Which placeholder stands for what is kept for a day (policy: redaction, keep), sealed, in
      a file for each run that only you can read.

      EXAMPLES
        sallyport redactions list
        sallyport redactions restore transcript.txt
        sallyport redactions erase r_0123456789abcdef
        sallyport redactions erase --all
      """),
    subcommands: [RedactionsListCommand.self, RedactionsRestoreCommand.self, RedactionsEraseCommand.self])
}
