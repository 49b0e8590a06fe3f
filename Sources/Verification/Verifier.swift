internal import Confinement
internal import Evidence
internal import Glibc
internal import Probing
internal import Run

/// Makes every attempt on this host and judges what came of it.
///
/// Nothing leaves the machine: destinations are servers on its loopback, and where a wall had a hole, what came through
/// would be a packet to an address that nobody has (RFC 5737), or a question for a name that nobody has (RFC 6761).
package struct Verifier {
  let attempts: [Attempt]
  let trial: RunTrial
  private let progress: (Verdict) -> Void
  private var verdicts: [String: Verdict] = [:]

  /// - Parameter progress: called with each verdict as it is known.
  /// - Throws: ``VerificationError``, with `.noSandbox` where the sandbox is refused on this host.
  package static func run(
    _ attempts: [Attempt], progress: @escaping (Verdict) -> Void
  ) throws(VerificationError) -> [Verdict] {
    // First: who is interrupted while the place is made deletes it too.
    let interruption = try Interruption()
    defer { interruption.stop() }
    let place = try ThrowAwayPlace()
    let (destination, service) = (try ScriptedDestination(), try ScriptedDestination())
    let sockets = try HostSockets(place)
    defer {
      destination.stop()
      service.stop()
      sockets.stop()
    }
    do throws(ConfinementFailure) { try ChildProgram.adoptOrphans() } catch {
      throw VerificationError(.place, "\(error)")
    }
    let trial = RunTrial(
      programs: try programs(), place: place, destination: destination, service: service,
      interruption: interruption)
    var verifier = Verifier(attempts: attempts, trial: trial, progress: progress)
    try verifier.verify()
    return attempts.compactMap { verifier.verdicts[$0.id] }
  }

  private init(attempts: [Attempt], trial: RunTrial, progress: @escaping (Verdict) -> Void) {
    self.attempts = attempts
    self.trial = trial
    self.progress = progress
  }

  private static func programs() throws(VerificationError) -> RunTrial.Programs {
    do throws(RunError) {
      return RunTrial.Programs(
        sallyport: InstalledProgram.own,
        probe: try InstalledProgram.path(of: "sallyport-probe", purpose: "makes the attempts"))
    } catch {
      throw VerificationError(.noSandbox, error.description)
    }
  }

  private mutating func verify() throws(VerificationError) {
    try verifyInside()
    try verifySpool()
    try verifyPolicyChange()
    try verifySurvivors()
    try verifyKill()
    try verifyPoorHost()
    try verifyLedger()
  }

  mutating func judge(_ id: String, _ seen: String, _ passed: Bool) {
    guard let attempt = attempts.first(where: { $0.id == id }) else { return }
    take(Verdict(attempt, seen: seen, passed: passed))
  }

  mutating func take(_ verdict: Verdict) {
    verdicts[verdict.attempt.id] = verdict
    progress(verdict)
  }

  func isWanted(_ id: String) -> Bool { attempts.contains { $0.id == id } }
}

// MARK: What is tried inside, all in one sandbox

extension Verifier {
  /// Those that have a sandbox of their own, or none.
  private static let apart: Set<String> = [
    "F7.survivors", "P9.unsent", "O1.no-namespaces", "O2.killed", "O3.policy-changed", "O4.edited", "O4.truncated",
    "O4.reordered", "O4.older",
  ]
  /// Those that say by an error that the kernel may have been built without, and that harm nothing outside.
  private static let mayBeAbsent: Set<String> = [
    "K1.io-uring", "K2.x32", "K2.ia32", "N1.sctp", "N5.vsock", "N5.alg", "K8.memfd-secret",
  ]

  private mutating func verifyInside() throws(VerificationError) {
    let inside = attempts.filter { !Self.apart.contains($0.id) }
    guard !inside.isEmpty else { return }
    let outside = try trial.runOutside(inside.map(\.id).filter { Self.mayBeAbsent.contains($0) })
    let judged = Dictionary(uniqueKeysWithValues: inside.map { ($0.id, $0) })
    let witness = Witness(trial)
    let progress = progress
    let outcome = try trial.run(inside.map(\.id)) { sighting, _ in
      if let attempt = judged[sighting.id] { progress(Verdict(attempt, sighting, outside: outside[sighting.id])) }
    }
    guard !outcome.sightings.isEmpty else { throw Self.noSandbox(outcome) }
    for attempt in inside {
      let verdict = Verdict(attempt, outcome.sightings[attempt.id], outside: outside[attempt.id])
      verdicts[attempt.id] = witness.confirmed(verdict, outcome)
    }
  }

  static func noSandbox(_ outcome: RunTrial.Outcome) -> VerificationError {
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    let reason = lines.last { $0.hasPrefix("sallyport:") }.map { String($0.dropFirst(11)) } ?? lines.last ?? ""
    return VerificationError(.noSandbox, reason.isEmpty ? "the run ended with \(outcome.exit)." : reason)
  }
}

// MARK: Ends

extension Verifier {
  private mutating func verifySurvivors() throws(VerificationError) {
    guard isWanted("F7.survivors") else { return }
    let outcome = try trial.run(["F7.survivors"])
    let survivors = outcome.report?["survivors"]?.integer ?? 0
    let areGone = ChildProgram.noneIsLeft(within: VerificationLimits.endSeconds)
    judge(
      "F7.survivors", areGone ? "\(survivors) ended with the run" : "SOMETHING IS ALIVE",
      areGone && survivors > 0 && outcome.sightings["F7.survivors"] != nil)
  }

  private mutating func verifyKill() throws(VerificationError) {
    guard isWanted("O2.killed") else { return }
    let outcome = try trial.run(["O2.killed"]) { _, child in child.kill() }
    let areGone = ChildProgram.noneIsLeft(within: VerificationLimits.endSeconds)
    let wasKilled = outcome.exit == 128 + SIGKILL && !outcome.sightings.isEmpty
    judge(
      "O2.killed",
      !wasKilled ? "the run could not be killed" : areGone ? "every process ended" : "SOMETHING IS ALIVE",
      areGone && wasKilled)
  }

  private mutating func verifyPoorHost() throws(VerificationError) {
    guard isWanted("O1.no-namespaces") else { return }
    let outcome = try trial.run(["K6.init"], isOnPoorHost: true)
    let ran = !outcome.sightings.isEmpty
    judge(
      "O1.no-namespaces", ran ? "THE AGENT RAN" : "refused with exit \(outcome.exit); nothing ran",
      !ran && outcome.exit == Self.unavailable)
  }

  /// As `docs/exit-codes.md` has it.
  private static let unavailable: Int32 = 69
}
