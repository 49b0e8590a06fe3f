internal import ArgumentParser
internal import Glibc
internal import Policy
internal import Presentation
internal import Run

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented sallyport.yaml to start from.",
    discussion: """
      POSTURES
        ban       no AI tool may send anything
        control   tools may reach their own vendor's model; the rest is stopped or shown (in force without a file)
        partner   only the models that the file lists; a person is asked about the rest
        internal  only models on addresses of your own

      EXAMPLES
        sallyport init
        sallyport init --posture partner --output team/sallyport.yaml
      """)

  @Option(name: .long, help: .init("ban, control, partner or internal.", valueName: "posture"))
  var posture = "control"

  @Option(name: .shortAndLong, help: .init("The file to write; - for standard output.", valueName: "file"))
  var output = "sallyport.yaml"

  @Flag(name: .long, help: "Write over an existing file.")
  var force = false

  @OptionGroup var colour: ColourOption

  func validate() throws { _ = try knownPosture() }

  private func knownPosture() throws -> Posture {
    guard let known = Posture(rawValue: posture) else {
      throw ValidationError(
        "--posture wants \(Posture.allCases.map(\.rawValue).joined(separator: ", ")), not '\(posture)'.")
    }
    return known
  }

  func run() throws {
    let posture = try knownPosture()
    let text = PolicyTemplate.text(for: posture, schema: PolicySchemaFile.path)
    guard output != "-" else { return Message.result(text) }
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL)
    let file = open(output, flags, 0o644)
    guard file >= 0 else {
      let hint = errno == EEXIST ? " Use --force to write over it." : ""
      throw Exit.state.end("\(output): cannot be written: \(String(cString: strerror(errno))).\(hint)")
    }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard write(file, bytes, bytes.count) == bytes.count else {
      throw Exit.state.end("\(output): cannot be written: \(String(cString: strerror(errno))).")
    }
    colour.print([
      Line(
        Piece(output, .strong),
        Piece(": posture \(posture.rawValue). Check it with: sallyport policy check \(output)"))
    ])
  }
}
