internal import ArgumentParser
internal import Run

struct ChangesApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Make the workspace what the agent made of it.",
    discussion: HelpText.flowing(
      """
      PATHS are names as `sallyport changes` lists them, or directories. Without
      any, everything but protected files is meant; without RUN, the newest run
      in this workspace whose changes wait. The first word is a run where it is
      written like one: a file called latest is ./latest. A protected file is
      applied only where it is named itself, and not where the policy denies
      it, be it the one that the run had or, where it has become stricter, the
      one of now. What was changed in the workspace since the run began is left
      as it is, unless --force says otherwise; of a .git then nothing is
      applied. Killed at any moment and called again, it goes on where it was.

      EXAMPLES
        sallyport changes apply
        sallyport changes apply src README.md
        sallyport changes apply r_4f9c .github/workflows/test.yaml

      Exit codes: 0 all that was meant is applied, 1 something was left.
      """))

  @Argument(help: .init("Which run.", valueName: "run"))
  var name: String?

  @Argument(help: .init("Which of its changes.", valueName: "path"))
  var paths: [String] = []

  @Flag(name: .long, help: "Also replace what was changed in the workspace meanwhile.")
  var force = false

  func run() throws {
    let outcome: WaitingChanges.Outcome
    let changes: WaitingChanges
    let withheld: [WorkspaceChange]
    do throws(RunError) {
      let target = try ChangesText.target(name, paths)
      changes = try RunStore.own().changes(of: target.run, toDecide: true)
      withheld = changes.withheldByPolicy(target.paths)
      outcome = try changes.apply(try changes.chosenToApply(target.paths), overwrites: force)
    } catch {
      throw Exit(error).end(error.description)
    }
    for withheld in outcome.withheld { Message.error(withheld.sentence) }
    for change in withheld { Message.error(Self.sentence(about: change)) }
    for change in outcome.conflicts {
      Message.error(
        "\(change.name): was changed in the workspace meanwhile, and is left as it is (--force replaces it).")
    }
    for (change, why) in outcome.failed { Message.error("\(change.name): \(why).") }
    for omission in changes.omissions { Message.error(omission) }
    Message.note(ChangesText.outcome("Applied", changes, outcome.applied, left: outcome.left))
    if outcome.left.contains(where: { $0.protection?.isDenied == false }) {
      Message.note("A protected file is applied where it is named: sallyport changes apply \(changes.run) PATH\n")
    }
    if !outcome.isWhole || changes.isIncomplete || !withheld.isEmpty { throw ExitCode(1) }
  }

  /// Of one that the run's policy would have let through.
  private static func sentence(about change: WorkspaceChange) -> String {
    let rule = change.protection?.laterRule ?? ""
    let what = change.protection?.isDenied == true ? "denied now" : "applied only where it is named now"
    return "\(change.name): is \(what), since the policy has become stricter: \(rule)."
  }
}
