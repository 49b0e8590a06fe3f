internal import ArgumentParser
internal import Policy
internal import Presentation

struct PolicyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a built-in posture's rules, with the line numbers that decisions name.",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport policy show control
      """))

  @Argument(
    help: .init("ban, control, partner or internal.", valueName: "posture"),
    completion: Choice.completion(Posture.self))
  var posture = "control"

  @OptionGroup var colour: ColourOption

  func run() throws {
    let posture = try Choice.of(Posture.self, posture, for: "the posture")
    let lines = BuiltInPosture.text(of: posture).split(separator: "\n", omittingEmptySubsequences: false)
    let style = colour.terminal().style
    for (number, line) in lines.enumerated() {
      // The text is our own, and its indentation is part of it.
      Message.result(Line(Piece("\(number + 1)", .muted)).rendered(style) + "\t\(line)\n")
    }
  }
}
