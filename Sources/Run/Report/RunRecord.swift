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
  /// What the ledger's entries of it outlive.
  let durability: Durability
  let layers: [(name: String, detail: String)]
  let exchanges: [Exchange]
  let programs: [(path: String, count: Int)]
  let opened: [OpenedFile]
  /// What the messages were compared with.
  var indexed = IndexedFiles()
  /// How long the files are of which lines left, where that is known.
  var lineCounts: [String: Int] = [:]
  /// Of what runs later without being asked for, what the run left different.
  var changes: [PlacesThatRun.Change] = []
  /// What became of the workspace's changes, where they waited.
  var overlay: OverlayReview.Outcome?
  /// What was tried and done to protected places.
  var protected: [ProtectedLine] = []
  /// Where nobody looked for protected places.
  var notLookedAt: [String] = []
  /// What of protected places is against the policy all the same.
  var protectionProblem: RunError?
  let isObservationIncomplete: Bool
  /// Connections that were attempted and never became an exchange, with how often.
  var attempts: [(attempt: ConnectionAttempt, count: Int)] = []
  var datagramsRefused = 0
  var namesAsked = AskedNames([])
  /// Why the sandbox ended before the agent did; `nil` where it did not.
  var interruption: String?
  let survivors: Int
  let exitStatus: Int32
  var ledger: LedgerState
  /// How the sandbox ended, where that was not its agent's doing.
  var notice: String?

  var sentFiles: SentFiles { SentFiles(exchanges, lineCounts: lineCounts) }

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
    /// Why it could not be written to its end, or does not verify; `nil` where all is well.
    var problem: RunError?
    /// Whether it could only not be written to its end, and verifies as far as it goes.
    var isCutShort = false
  }
}
