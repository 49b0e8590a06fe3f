internal import ArgumentParser
internal import Policy

struct PolicyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a built-in posture's rules, with the line numbers that decisions name.",
    discussion: """
      EXAMPLES
        sallyport policy show control
      """)

  @Argument(help: .init("ban, control, partner or internal.", valueName: "posture"))
  var posture = "control"

  func run() throws {
    let posture = try Choice.of(Posture.self, posture, for: "the posture")
    let lines = BuiltInPosture.text(of: posture).split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() { Message.result("\(number + 1)\t\(line)\n") }
  }
}
