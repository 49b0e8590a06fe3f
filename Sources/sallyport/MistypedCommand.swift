internal import ArgumentParser
internal import Documents

/// A word that stands where a subcommand should and is none: the parser would only call it unexpected.
struct MistypedCommand: Error {
  /// Whose subcommand it should be.
  let command: any ParsableCommand.Type
  /// With the nearest right word.
  let refusal: ValidationError

  static func check(_ arguments: [String], of command: any ParsableCommand.Type) throws(MistypedCommand) {
    var command = command
    let isHelp = arguments.first == "help"
    for word in arguments.dropFirst(isHelp ? 1 : 0) {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
        if command == ChangesCommand.self, !isHelp, ChangesText.isRun(word) { return }
        throw MistypedCommand(
          command: command,
          refusal: Choice.refusal("a command", word, among: subcommands.compactMap { $0.configuration.commandName }))
      }
      command = next
    }
  }
}
