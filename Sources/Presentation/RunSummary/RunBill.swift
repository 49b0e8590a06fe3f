package import Evidence

/// What one run sent, was refused and touched: everything that its user is told at the end.
package struct RunBill: Sendable, Hashable {
  package let run: RunID
  package let agent: Agent
  package let duration: Duration
  /// One for each purpose and destination, in any order.
  package var rows: [Row]
  package var blockedRules: [BlockedRule]
  /// One for each purpose and destination that something went to.
  package var left: [Left]
  /// What the agent or its programs touched that the task did not need.
  package var noteworthyFiles: [NoteworthyFile]
  /// What was attempted and came to nothing.
  package var tried: Tried
  /// The programs started, each once, in the order they were first seen.
  package var programs: [String]
  package var findings: [FindingLine]
  package var ledger: LedgerState
  /// Where the report was written, if it was asked for: the page, or what it is made of.
  package var reportPath: String?
  /// The agent's own, as the shell sees it: 128 and the signal's number where a signal ended it.
  package let exitStatus: Int32

  package init(
    run: RunID, agent: Agent, duration: Duration, rows: [Row] = [], blockedRules: [BlockedRule] = [],
    left: [Left] = [], noteworthyFiles: [NoteworthyFile] = [], tried: Tried = Tried(), programs: [String] = [],
    findings: [FindingLine] = [],
    ledger: LedgerState, reportPath: String? = nil, exitStatus: Int32
  ) {
    self.run = run
    self.agent = agent
    self.duration = duration
    self.rows = rows
    self.blockedRules = blockedRules
    self.left = left
    self.noteworthyFiles = noteworthyFiles
    self.tried = tried
    self.programs = programs
    self.findings = findings
    self.ledger = ledger
    self.reportPath = reportPath
    self.exitStatus = exitStatus
  }

  /// The traffic of one purpose with one destination.
  package struct Row: Sendable, Hashable {
    package let purpose: Purpose
    /// A host name or an address, with its port where that is not the usual one.
    package let destination: String
    package let requests: Int
    /// Let go to the destination.
    package let bytesOut: Int
    package let bytesIn: Int
    package let findings: Int
    /// Of ``requests``, those that did not go out.
    package let blocked: Int
    /// Of ``bytesOut``, those that a rule left unseen.
    package let uninspectedBytes: Int

    package init(
      purpose: Purpose, destination: String, requests: Int, bytesOut: Int, bytesIn: Int, findings: Int = 0,
      blocked: Int = 0, uninspectedBytes: Int = 0
    ) {
      self.purpose = purpose
      self.destination = destination
      self.requests = requests
      self.bytesOut = bytesOut
      self.bytesIn = bytesIn
      self.findings = findings
      self.blocked = blocked
      self.uninspectedBytes = uninspectedBytes
    }
  }

  /// How much of the files was in what went to one destination for one purpose.
  package struct Left: Sendable, Hashable {
    package let purpose: Purpose
    package let destination: String
    package let files: Int
    /// Each counted once, however often the conversation repeated it.
    package let lines: Int
    /// Whether everything that went there was compared with every file.
    package let isCertain: Bool

    package init(purpose: Purpose, destination: String, files: Int, lines: Int, isCertain: Bool = true) {
      self.purpose = purpose
      self.destination = destination
      self.files = files
      self.lines = lines
      self.isCertain = isCertain
    }
  }

  /// A rule that stopped something, and how its answer could be another one.
  package struct BlockedRule: Sendable, Hashable {
    package let sentence: String
    package let remedy: String
    /// The rule's file and line, such as `sallyport.yaml:14`; never cut off.
    package let place: String
    /// Requests that it stopped.
    package let count: Int

    package init(sentence: String, remedy: String, place: String = "", count: Int = 1) {
      self.sentence = sentence
      self.remedy = remedy
      self.place = place
      self.count = count
    }
  }

  /// A file and what happened with it: `~/.ssh/id_ed25519`, "a private key, read: refused".
  package struct NoteworthyFile: Sendable, Hashable {
    package let path: String
    package let what: String

    package init(path: String, what: String) {
      self.path = path
      self.what = what
    }
  }

  /// Attempts that sent nothing to anybody.
  package struct Tried: Sendable, Hashable {
    /// Connected to, and nothing was said: `192.0.2.1:25`, each once, the most frequent first.
    package var destinations: [String]
    /// UDP datagrams that went nowhere.
    package var datagramsRefused: Int
    /// Looked up, and then neither connected to nor spoken to.
    package var names: [String]

    package init(destinations: [String] = [], datagramsRefused: Int = 0, names: [String] = []) {
      self.destinations = destinations
      self.datagramsRefused = datagramsRefused
      self.names = names
    }

    package var isNothing: Bool { destinations.isEmpty && datagramsRefused == 0 && names.isEmpty }
  }

  /// One kind of thing found at one place, and what was done: `github-token`, "body, under gzip and base64", `block`.
  package struct FindingLine: Sendable, Hashable {
    package let detector: String
    package let place: String
    package let action: Action
    package let count: Int

    package init(detector: String, place: String, action: Action, count: Int = 1) {
      self.detector = detector
      self.place = place
      self.action = action
      self.count = count
    }
  }

  /// Where the evidence of this run stands.
  package struct LedgerState: Sendable, Hashable {
    /// Entries of this run.
    package let entries: Int
    /// Entries of the whole log that the last checkpoint signs for.
    package let checkpointSize: Int
    /// The entries of this run were read back and proved against the checkpoint.
    package let isVerified: Bool
    /// Whether what is there holds, and only could not be written to its end.
    package let isCutShort: Bool

    package init(entries: Int, checkpointSize: Int, isVerified: Bool, isCutShort: Bool = false) {
      self.entries = entries
      self.checkpointSize = checkpointSize
      self.isVerified = isVerified
      self.isCutShort = isCutShort
    }
  }
}
