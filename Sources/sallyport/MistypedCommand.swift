internal import ArgumentParser
internal import Documents

/// Finds the word that stands where a subcommand should and is none: the parser would only call it unexpected.
enum MistypedCommand {
  /// - Throws: `ValidationError` with the nearest right word.
  static func check(_ arguments: [String], of command: any ParsableCommand.Type) throws {
    var command = command
    for word in arguments {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
        throw Choice.refusal("a command", word, among: subcommands.compactMap { $0.configuration.commandName })
      }
      command = next
    }
  }
}
