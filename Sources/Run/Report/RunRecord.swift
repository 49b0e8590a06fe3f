internal import Evidence
internal import Policy

/// Everything that a finished run leaves to be told: the same facts for terminal, report and ledger.
struct RunRecord {
  let run: RunID
  let agent: Agent
  let command: [String]
  let workspace: String
  let started: Timestamp
  let ended: Timestamp
  let policyFile: String
  let posture: Posture
  let layers: [(name: String, detail: String)]
  let exchanges: [Exchange]
  let programs: [(path: String, count: Int)]
  let files: [OpenedFile]
  /// Of what runs later without being asked for, what the run left different.
  var changes: [PlacesThatRun.Change] = []
  let isObservationIncomplete: Bool
  /// Connections that were attempted and never became an exchange, with how often.
  var attempts: [(attempt: ConnectionAttempt, count: Int)] = []
  var datagramsRefused = 0
  var namesAsked = AskedNames([])
  /// Why the sandbox ended before the agent did; `nil` where it did not.
  var interruption: String?
  let survivors: Int
  let exitStatus: Int32
  let ledger: LedgerState

  /// Where the run's evidence is.
  struct LedgerState {
    let directory: String
    let origin: String
    /// Entries in the whole ledger, and of this run.
    let size: Int
    let verified: Bool
    let checkpoint: String
  }
}
