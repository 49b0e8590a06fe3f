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
      or secrets through. So is what has no effect: a rule behind one that answers for all it could, a host that none
      can have, and in a workspace (a directory with .git, or with the file itself) patterns and owners that mean no
      file of it yet; with --strict the file is then refused. Where a rule names owners of files, this directory's
      CODEOWNERS is read too.

      EXAMPLES
        sallyport policy check
        sallyport policy check team/sallyport.yaml --json
        sallyport policy check --strict

      Exit codes: 0 the file is sound, 65 it is not, 66 there is none.
      """)

  @Argument(help: .init("The file; without it, the policy that a run here would use.", valueName: "file"))
  var file: String?

  @Flag(name: .long, help: "Refuse a file of which a part has no effect.")
  var strict = false

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
    let warnings = PolicySource.warningsHere(of: policy)
    if json {
      Message.result(try JSONText.of(report(policy, warnings)))
    } else {
      let rules = "\(policy.rules.count) rule\(policy.rules.count == 1 ? "" : "s")"
      let state = isSound(warnings) ? Piece("sound", .good) : Piece("refused", .bad)
      let first = Line(Piece("\(policy.file): "), state, Piece("; posture \(policy.posture.rawValue), \(rules)"))
      colour.print([first] + (policy.notices + warnings.map(\.description)).map { Line(Piece($0, .notice)) })
    }
    guard isSound(warnings) else {
      let count = warnings.count == 1 ? "One part of it has" : "\(warnings.count) parts of it have"
      throw Exit.configuration.end(
        "\(policy.file): \(count) no effect, and --strict refuses that. Mend what is listed, or leave --strict away.")
    }
  }

  private func isSound(_ warnings: [PolicyWarning]) -> Bool { !strict || warnings.isEmpty }

  private func report(_ policy: PolicyDocument, _ warnings: [PolicyWarning]) -> JSONValue {
    [
      "file": .string(policy.file), "posture": .string(policy.posture.rawValue),
      "rules": .integer(policy.rules.count), "sound": .bool(isSound(warnings)),
      "notices": .array(policy.notices.map { .string($0) }),
      "warnings": .array(warnings.map { .string($0.description) }),
    ]
  }
}
