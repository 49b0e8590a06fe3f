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
  let isObservationIncomplete: Bool
  let namesAsked: Int
  let survivors: Int
  let exitStatus: Int32
  let ledger: LedgerState

  /// Where the run's evidence is.
  struct LedgerState {
    let directory: String
    let origin: String
    /// Entries in the whole ledger.
    let size: Int
    /// Entries of this run, whatever they are about.
    let entries: Int
    let verified: Bool
    let checkpoint: String
  }
}
