internal import ArgumentParser
internal import Policy
internal import Presentation
internal import Run

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented sallyport.yaml to start from.",
    usage: "sallyport init [<options>]",
    discussion: HelpText.flowing(
      """
      POSTURES
        ban       no AI tool may send anything
        control   a tool's own model is allowed; the rest is stopped or shown
        partner   only models that the file lists; a person decides on the rest
        internal  only models on addresses of your own

      Without a file, control is in force.

      EXAMPLES
        sallyport init
        sallyport init --posture partner --output team/sallyport.yaml
      """))

  @Option(
    name: .long, help: .init("ban, control, partner or internal.", valueName: "posture"),
    completion: Choice.completion(Posture.self))
  var posture = "control"

  @Option(name: .shortAndLong, help: .init("The file to write; - for standard output.", valueName: "file"))
  var output = "sallyport.yaml"

  @Flag(name: .long, help: "Write over an existing file.")
  var force = false

  @OptionGroup var colour: ColourOption

  func validate() throws { _ = try knownPosture() }

  private func knownPosture() throws -> Posture {
    try Choice.of(Posture.self, posture, for: "--posture")
  }

  func run() throws {
    let posture = try knownPosture()
    let text = PolicyTemplate.text(for: posture, schema: PolicySchemaFile.path)
    guard output != "-" else { return Message.result(text) }
    do throws(RunError) {
      try NewText.write(text, to: output, replaces: force)
    } catch {
      throw Exit(error).end(error.description)
    }
    colour.print([
      Line(
        Piece(output, .strong),
        Piece(": posture \(posture.rawValue). Check it with: sallyport policy check \(output)"))
    ])
  }
}
