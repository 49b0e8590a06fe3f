internal import Evidence
internal import Presentation

/// The end of a run in an overlay: what changed is told, and whoever is at the terminal decides about it now or later.
struct OverlayReview {
  private let run: RunID
  private let place: OverlayPlace
  private let askTimeout: Duration
  private let interruption: CInt

  /// What became of the changes.
  struct Outcome: Sendable, Hashable {
    var applied = 0
    var discarded = 0
    var left: [WorkspaceChange] = []

    var json: JSONValue {
      [
        "applied": .integer(applied), "discarded": .integer(discarded), "waiting": .integer(left.count),
        "protected": .integer(left.count { $0.protection != nil }),
      ]
    }
  }

  /// - Parameter interruption: a descriptor that can be read when nobody is there any more.
  init(_ run: RunID, _ place: OverlayPlace, askTimeout: Duration, interruption: CInt) {
    self.run = run
    self.place = place
    self.askTimeout = askTimeout
    self.interruption = interruption
  }

  /// A problem costs only the review: what was changed waits where it is.
  func carryOut() -> Outcome {
    do throws(RunError) {
      let lock = try OverlayLock(place)
      place.sweep()
      guard let waiting = try WaitingChanges(of: run, in: place, hasEnded: true, lock: lock) else { return Outcome() }
      if waiting.changes.isEmpty, !waiting.isIncomplete {
        place.remove()
        return Outcome()
      }
      return try review(waiting)
    } catch {
      Notice.say("the changes of this run wait, but could not be looked at: \(error)")
      return Outcome()
    }
  }

  private func review(_ waiting: WaitingChanges) throws(RunError) -> Outcome {
    var outcome = Outcome(left: waiting.changes)
    if let terminal = ReviewTerminal(patience: askTimeout, interruption: interruption) {
      try ask(terminal, waiting, &outcome)
    }
    if !outcome.left.isEmpty || waiting.isIncomplete {
      let what = WaitingChanges.summary(outcome.left)
      Notice.say("the agent's changes wait to be applied: \(what). See: sallyport changes \(run)")
    }
    return outcome
  }

  private static let question = ReviewQuestion(
    "Apply them? [a]ll but protected ones, [s]ome, [d]iff, [N]ot now, [x]: discard",
    [
      .init("a", "all", means: "make the workspace what the agent made of it, but for protected files"),
      .init("s", "some", means: "ask about each change"),
      .init("d", "diff", means: "show all of them as a diff"),
      .init("n", "not now", "not", "no", means: "let them wait for sallyport changes"),
      .init("x", "discard", means: "forget them, for good"),
    ], standard: "n")

  private static let discarding = ReviewQuestion(
    "Discard them for good? [y/N]",
    [.init("y", "yes", means: "forget them, for good"), .init("n", "no", means: "ask again what to do with them")],
    standard: "n")

  private static let applying = ReviewQuestion(
    "Apply it? [y/N], [q]uit",
    [
      .init("y", "yes", means: "apply it"), .init("n", "no", means: "let it wait"),
      .init("q", "quit", means: "let it and all that follow wait"),
    ], standard: "n")

  private func ask(
    _ terminal: borrowing ReviewTerminal, _ waiting: WaitingChanges, _ outcome: inout Outcome
  ) throws(RunError) {
    terminal.show("\nThe agent's changes of \(waiting.workspace): \(waiting.summary)")
    terminal.show(waiting.lines.joined(separator: "\n") + "\n", limit: RunLimits.reviewedLines)
    for omission in waiting.omissions { terminal.show(omission) }
    while true {
      guard let letter = terminal.ask(Self.question) else { return }
      switch letter {
      case "d": terminal.show(waiting.changes.map(waiting.patch).joined())
      case "a": return try apply(try waiting.chosenToApply([]), terminal, waiting, &outcome)
      case "s": return try apply(choose(terminal, waiting), terminal, waiting, &outcome)
      case "x":
        guard terminal.ask(Self.discarding) == "y" else { continue }
        outcome.left = try waiting.discard(waiting.changes)
        outcome.discarded = waiting.changes.count
        return
      default: return
      }
    }
  }

  private func choose(_ terminal: borrowing ReviewTerminal, _ waiting: WaitingChanges) -> [WorkspaceChange] {
    var chosen: [WorkspaceChange] = []
    var asked: Set<GitGroup> = []
    for change in waiting.changes where change.protection?.isDenied != true {
      var meant = [change]
      if change.protection == nil, let group = GitGroup(of: change) {
        guard asked.insert(group).inserted else { continue }
        meant = waiting.changes.filter { $0.protection == nil && GitGroup(of: $0) == group }
        terminal.show("\n\(group.path.shown), as a whole: \(WaitingChanges.summary(meant))")
        terminal.show(meant.map(\.line).joined(separator: "\n"), limit: RunLimits.reviewedLines)
      } else {
        // It comes with the first file that is kept of it.
        if change.entry == .directory, change.kind == .added { continue }
        terminal.show("\n" + change.line + "\n" + waiting.patch(of: change), limit: RunLimits.reviewedLines)
      }
      guard let letter = terminal.ask(Self.applying), letter != "q" else { break }
      if letter == "y" { chosen += meant }
    }
    return chosen
  }

  private func apply(
    _ chosen: [WorkspaceChange], _ terminal: borrowing ReviewTerminal, _ waiting: WaitingChanges,
    _ outcome: inout Outcome
  ) throws(RunError) {
    let result = try waiting.apply(chosen)
    outcome.applied = result.applied.count
    outcome.left = result.left
    if !result.applied.isEmpty { terminal.show("Applied: \(WaitingChanges.summary(result.applied)).") }
    for withheld in result.withheld { terminal.show(withheld.sentence) }
    for change in result.conflicts { terminal.show("not applied, changed meanwhile: \(change.name)") }
    for (change, why) in result.failed { terminal.show("not applied: \(change.name): \(why)") }
  }
}
