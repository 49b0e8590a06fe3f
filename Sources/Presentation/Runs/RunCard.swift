package import Evidence

/// What a list of runs tells of one: kept beside its report, so that a list need not read reports.
package struct RunCard: Sendable, Hashable {
  package let run: RunID
  /// With its release as far as it was known when this was written.
  package var agent: Agent
  package let command: [String]
  package let workspace: String
  package let started: Timestamp
  package let policyFile: String
  package let posture: String
  /// `nil` as long as the run goes on, and for ever where it was killed.
  package var outcome: Outcome?
  /// Why the agent was not started, as the error's code; `nil` where it was.
  package var refusal: String?

  package init(
    run: RunID, agent: Agent, command: [String], workspace: String, started: Timestamp, policyFile: String,
    posture: String, outcome: Outcome? = nil, refusal: String? = nil
  ) {
    self.run = run
    self.agent = agent
    self.command = command
    self.workspace = workspace
    self.started = started
    self.policyFile = policyFile
    self.posture = posture
    self.outcome = outcome
    self.refusal = refusal
  }

  /// How a run ended, in numbers.
  package struct Outcome: Sendable, Hashable {
    package let ended: Timestamp
    package let exitStatus: Int
    /// Whether the run's entries were proved against the ledger's checkpoint at its end.
    package let isVerified: Bool
    package let requests: Int
    package let blocked: Int
    package let findings: Int
    package let bytesOut: Int
    /// Files of which something left.
    package let files: Int
    /// Lines that left, each once for each destination.
    package let lines: Int
  }

  /// `nil` where it did not end.
  package var duration: Duration? {
    outcome.map { .milliseconds(max(0, $0.ended.millisecondsSinceEpoch - started.millisecondsSinceEpoch)) }
  }
}

extension RunCard {
  /// Of a run whose report is all that is left of it.
  package init(_ report: RunReport) {
    self.init(
      run: report.run, agent: report.agent, command: report.command, workspace: report.workspace,
      started: report.started, policyFile: report.policy.file, posture: report.policy.posture,
      outcome: Outcome(
        ended: report.ended, exitStatus: report.exitStatus, isVerified: report.ledger.isVerified,
        requests: report.totals.exchanges, blocked: report.totals.blocked, findings: report.totals.findings,
        bytesOut: report.totals.forwardedBytes, files: report.totals.files, lines: report.totals.lines))
  }
}
