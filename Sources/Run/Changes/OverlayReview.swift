internal import Evidence
internal import Presentation

/// The end of a run in an overlay: what changed is told, and whoever is at the terminal decides about it now or later.
struct OverlayReview {
  private let run: RunID
  private let place: OverlayPlace
  private let askTimeout: Duration

  /// What became of the changes.
  struct Outcome: Sendable, Hashable {
    var applied = 0
    var discarded = 0
    var waiting = 0
    /// Of those that wait.
    var protected = 0

    var json: JSONValue {
      [
        "applied": .integer(applied), "discarded": .integer(discarded), "waiting": .integer(waiting),
        "protected": .integer(protected),
      ]
    }
  }

  init(_ run: RunID, _ place: OverlayPlace, askTimeout: Duration) {
    self.run = run
    self.place = place
    self.askTimeout = askTimeout
  }

  /// A problem costs only the review: what was changed waits where it is.
  func carryOut() -> Outcome {
    do throws(RunError) {
      guard let waiting = try WaitingChanges(of: run, in: place) else { return Outcome() }
      if waiting.changes.isEmpty {
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
    var outcome = Outcome(waiting: waiting.changes.count)
    outcome.protected = waiting.changes.count { $0.protected != nil }
    if let terminal = ReviewTerminal(patience: askTimeout) { try ask(terminal, waiting, &outcome) }
    if outcome.waiting > 0 {
      let protected = outcome.protected == 0 ? "" : " (\(outcome.protected) protected: name those to apply them)"
      Notice.say("\(waiting.summary)\(protected); they wait: sallyport changes \(run)")
    }
    return outcome
  }

  private func ask(
    _ terminal: borrowing ReviewTerminal, _ waiting: WaitingChanges, _ outcome: inout Outcome
  ) throws(RunError) {
    terminal.show("\nThe agent's changes of \(waiting.workspace): \(waiting.summary)")
    terminal.show(waiting.lines.joined(separator: "\n") + "\n", limit: RunLimits.reviewedLines)
    while true {
      guard let answer = terminal.ask("Apply them? [a]ll but protected ones, [s]ome, [d]iff, [N]ot now, [X]: discard")
      else { return }
      switch answer.letter {
      case "d": for change in waiting.changes { terminal.show(waiting.patch(of: change)) }
      case "a": return try apply(try waiting.chosen([]), terminal, waiting, &outcome)
      case "s": return try apply(choose(terminal, waiting), terminal, waiting, &outcome)
      case "x":
        guard terminal.ask("Discard \(waiting.changes.count) changes for good? [y/N]")?.letter == "y" else { continue }
        outcome.waiting = try waiting.discard(waiting.changes)
        outcome.discarded = waiting.changes.count
        outcome.protected = 0
        return
      default: return
      }
    }
  }

  private func choose(_ terminal: borrowing ReviewTerminal, _ waiting: WaitingChanges) -> [WorkspaceChange] {
    var chosen: [WorkspaceChange] = []
    for change in waiting.changes where change.entry != .directory || change.kind != .added {
      terminal.show("\n" + change.line + "\n" + waiting.patch(of: change), limit: RunLimits.reviewedLines)
      guard let answer = terminal.ask("Apply it? [y/N], [Q]: none of the rest"), answer.letter != "q" else { break }
      if answer.letter == "y" { chosen.append(change) }
    }
    return chosen
  }

  private func apply(
    _ chosen: [WorkspaceChange], _ terminal: borrowing ReviewTerminal, _ waiting: WaitingChanges,
    _ outcome: inout Outcome
  ) throws(RunError) {
    let result = try waiting.apply(chosen)
    outcome.applied = result.applied.count
    outcome.waiting = result.left
    outcome.protected -= result.applied.count { $0.protected != nil }
    for change in result.conflicts { terminal.show("not applied, changed meanwhile: \(change.name)") }
    for (change, why) in result.failed { terminal.show("not applied: \(change.name): \(why)") }
  }
}

extension WaitingChanges {
  /// One for each change.
  package var lines: [String] { changes.map(\.line) }
}

extension WorkspaceChange {
  package var line: String {
    let mark = kind == .added ? "A" : kind == .removed ? "D" : kind == .mode ? "T" : "M"
    let notes = (protected.map { ["protected: \($0)"] } ?? []) + (isConflict ? ["changed meanwhile"] : [])
    return "\(mark)  \(name)\(entry == .directory ? "/" : "")"
      + (notes.isEmpty ? "" : "  (\(notes.joined(separator: "; ")))")
  }
}
