internal import Evidence
internal import Probing

// MARK: What is left for later

extension Verifier {
  /// As the agent whose spool it is.
  mutating func verifySpool() throws(VerificationError) {
    let id = "P9.unsent"
    guard let attempt = attempts.first(where: { $0.id == id }) else { return }
    let outcome = try trial.run([id], agent: "claude-code")
    let verdict = Verdict(attempt, outcome.sightings[id])
    let isKept = FileTree.read("\(trial.place.home)/.claude/telemetry/later") != nil
    take(isKept ? Verdict(attempt, seen: "IT IS KEPT OUTSIDE", passed: false) : verdict)
  }

  /// The same request twice: while the policy is loosened, which comes too late, and in the next run, where it counts.
  mutating func verifyPolicyChange() throws(VerificationError) {
    let id = "O3.policy-changed"
    guard let attempt = attempts.first(where: { $0.id == id }) else { return }
    let place = trial.place
    var problem: VerificationError?
    let outcome = try trial.run(["K6.init", id]) { sighting, _ in
      guard sighting.id == "K6.init" else { return }
      do throws(VerificationError) { try place.writePolicy(lets: ProbePlace.late) } catch { problem = error }
    }
    // The run took it for the agent's and put it back, since nobody was there to ask.
    try place.writePolicy(lets: ProbePlace.late)
    let next = try trial.run([id]).sightings[id]
    try place.writePolicy()
    if let problem { throw problem }
    let verdict = Verdict(attempt, outcome.sightings[id])
    take(
      next?.outcome == .destination
        ? verdict : Verdict(attempt, seen: "the next run does not heed it either", passed: false))
  }
}

// MARK: The ledger

extension Verifier {
  mutating func verifyLedger() throws(VerificationError) {
    guard attempts.contains(where: { $0.id.hasPrefix("O4") }) else { return }
    let outcome = try trial.run(["K6.init"])
    guard !outcome.sightings.isEmpty else { throw Self.noSandbox(outcome) }
    let older = "\(trial.place.outside)/older"
    try FileTree.copy(trial.place.state, to: older)
    _ = try trial.run(["K6.init"])
    guard try trial.verifyLedger(in: trial.place.state) == 0 else {
      for attempt in attempts where attempt.id.hasPrefix("O4") { judge(attempt.id, "not even whole", false) }
      return
    }
    for tampering in LedgerTampering.all where isWanted(tampering.id) {
      let copy = "\(trial.place.outside)/\(tampering.id)"
      try FileTree.copy(trial.place.state, to: copy)
      try tampering.change(copy, older)
      let code = try trial.verifyLedger(in: copy)
      judge(tampering.id, code == 0 ? "NOT NOTICED" : "told, exit \(code)", code == LedgerTampering.told)
    }
  }
}
