internal import ArgumentParser

struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Look at what an agent changed in an overlay, apply it or discard it.",
    discussion: HelpText.flowing(
      """
      After `sallyport run --overlay` the workspace is as it was, and the agent's
      changes wait until they are applied or discarded. A run is named by its
      identifier or how that begins, r_ included; latest and latest~1 are those
      in the workspace that you are in whose changes wait (docs/overlay.md).

      EXAMPLES
        sallyport changes
        sallyport changes show
        sallyport changes apply src README.md
        sallyport changes discard r_4f9c
      """),
    subcommands: [
      ChangesListCommand.self, ChangesShowCommand.self, ChangesApplyCommand.self, ChangesDiscardCommand.self,
    ], defaultSubcommand: ChangesListCommand.self)
}
