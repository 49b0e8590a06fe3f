internal import ArgumentParser
internal import Evidence
internal import Policy
internal import Presentation
internal import Run

struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether a policy file can be used, and if not, what is wrong at which line.",
    discussion: """
      What a sound file gives away is said too, a line each: hosts that are not inspected, rules that let everything
      or secrets through. Where a rule names owners of files, this directory's CODEOWNERS is read too.

      EXAMPLES
        sallyport policy check
        sallyport policy check team/sallyport.yaml --json

      Exit codes: 0 the file is sound, 65 it is not, 66 there is none.
      """)

  @Argument(help: .init("The file; without it, the policy that a run here would use.", valueName: "file"))
  var file: String?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    var policy = try PolicyFile.load(file)
    do throws(RunError) {
      policy = try PolicySource.checkingNamedFiles(of: policy)
    } catch {
      throw Exit(error).end(error.description)
    }
    guard json else {
      let rules = "\(policy.rules.count) rule\(policy.rules.count == 1 ? "" : "s")"
      let sound = Line(
        Piece("\(policy.file): "), Piece("sound", .good), Piece("; posture \(policy.posture.rawValue), \(rules)"))
      return colour.print([sound] + policy.notices.map { Line(Piece($0, .notice)) })
    }
    Message.result(
      try JSONText.of([
        "file": .string(policy.file), "posture": .string(policy.posture.rawValue),
        "rules": .integer(policy.rules.count), "sound": true,
        "notices": .array(policy.notices.map { .string($0) }),
      ]))
  }
}
