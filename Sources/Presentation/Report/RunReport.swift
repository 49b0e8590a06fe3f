package import Evidence

/// A finished run as its `report.json` tells it: what the page, the SARIF log and the comparison of runs are made of.
///
/// It is read from the JSON even where the run has only just ended, so that all of them say the same facts.
///
/// - Source: docs/schemas/report.schema.json, version 1.
package struct RunReport: Sendable, Hashable {
  package let run: RunID
  package let agent: Agent
  package let command: [String]
  package let workspace: String
  package let started: Timestamp
  package let ended: Timestamp
  package let policy: PolicyReference
  package let layers: [Layer]
  /// In the order of their sequence.
  package let exchanges: [Exchange]
  /// The files that left.
  package let files: [LeftFile]
  /// Files that the agent or its programs opened and had no business with.
  package let opened: [OpenedFile]
  /// What was there to be compared with; `nil` where nothing was.
  package let filesIndexed: FilesIndexed?
  package let runsLater: [ChangedFile]
  package let protected: [ProtectedFile]
  /// Where nobody looked for protected places.
  package let notLookedAt: [String]
  package let programs: [StartedProgram]
  package let isObservationIncomplete: Bool
  package let namesAsked: Int
  package let names: [AskedName]
  package let connectionsTried: [TriedConnection]
  package let datagramsRefused: Int
  package let isEndedFromOutside: Bool
  package let survivors: Int
  package let totals: Totals
  package let ledger: LedgerState
  package let exitStatus: Int
}

extension RunReport {
  /// The policy that decided.
  package struct PolicyReference: Sendable, Hashable {
    package let file: String
    package let posture: String
    /// `process` or `disk`; `nil` where the report is older than the member.
    package let durability: String?
    package let sha256: String?
  }

  /// One layer of the sandbox.
  package struct Layer: Sendable, Hashable {
    package let name: String
    package let detail: String
  }

  /// A file of which lines were let go.
  package struct LeftFile: Sendable, Hashable {
    package let path: String
    /// Distinct lines that left, to anybody.
    package let lines: Int
    /// All that it has, at least as many as the last that left; `nil` where that is not known.
    package let fileLines: Int?
    package let destinations: [Receiver]

    /// Who got lines of a file, and what for.
    package struct Receiver: Sendable, Hashable {
      package let destination: Destination
      package let purpose: Purpose
      /// Sent there for the first time.
      package let lines: Int
      package let repeatedLines: Int
      package let bytes: Int
      /// Ascending and apart from each other.
      package let ranges: [ClosedRange<Int>]
      /// Sequences of exchanges.
      package let exchanges: [Int]
    }
  }

  /// A file that was opened and need not have been.
  package struct OpenedFile: Sendable, Hashable {
    package let path: String
    package let program: String?
    package let isForWriting: Bool
    package let isThere: Bool
    package let reason: String
  }

  /// The text that requests were compared with.
  package struct FilesIndexed: Sendable, Hashable {
    package let files: Int
    package let lines: Int
    package let bytes: Int
    package let leftOut: [LeftOutFile]
    /// All of them; ``leftOut`` may name fewer.
    package let leftOutCount: Int
  }

  /// A file that requests were not compared with.
  package struct LeftOutFile: Sendable, Hashable {
    package let path: String
    package let reason: String
  }

  /// A file that is run later without being asked for, and is not as it was.
  package struct ChangedFile: Sendable, Hashable {
    package let path: String
    package let reason: String
    package let change: Change

    package enum Change: String, Sendable, Hashable { case new, changed, removed, mode }
  }

  /// What was tried or done to a place that acts outside of the sandbox later.
  package struct ProtectedFile: Sendable, Hashable {
    package let path: String
    package let group: String
    /// `nil` where it was only tried.
    package let change: ChangedFile.Change?
    package let outcome: Outcome
    /// The object of git's that has what was refused.
    package let blob: String?

    package enum Outcome: String, Sendable, Hashable {
      case refused, kept, failed
      case putBack = "put-back"
    }

    package init(
      path: String, group: String, change: ChangedFile.Change?, outcome: Outcome, blob: String? = nil
    ) {
      self.path = path
      self.group = group
      self.change = change
      self.outcome = outcome
      self.blob = blob
    }

    /// For a list of files.
    package var sentence: String {
      switch outcome {
      case .refused: "change refused (\(group))"
      case .kept: "\(word), kept (\(group))"
      case .putBack: "\(word), put back\(blob == nil ? "" : ", ALSO IN GIT") (\(group))"
      case .failed: "\(word), COULD NOT BE PUT BACK (\(group))"
      }
    }

    private var word: String { change == .mode ? "other permissions" : change?.rawValue ?? "changed" }
  }

  /// A program, and how often it was started.
  package struct StartedProgram: Sendable, Hashable {
    package let path: String
    package let count: Int
  }

  /// A name, or all names of a domain, that the resolver was asked for.
  package struct AskedName: Sendable, Hashable {
    package let name: String
    package let names: Int
    package let questions: Int
  }

  /// A connection that no exchange came of.
  package struct TriedConnection: Sendable, Hashable {
    package let destination: Destination
    package let isDatagram: Bool
    package let program: String
    package let count: Int
  }

  /// Sums over all exchanges.
  package struct Totals: Sendable, Hashable {
    package let exchanges: Int
    package let blocked: Int
    package let findings: Int
    package let requestBytes: Int
    package let inspectedBytes: Int
    package let forwardedBytes: Int
    package let responseBytes: Int
    package let uninspectedBytes: Int
    /// Files that left; counted from ``RunReport/files`` where the report is older than the member.
    package let files: Int
    /// Lines that left, each once for each destination.
    package let lines: Int
  }

  /// Where the evidence is, and whether it holds.
  package struct LedgerState: Sendable, Hashable {
    package let directory: String
    package let origin: String
    package let size: Int
    package let entries: Int?
    package let checkpoint: String
    package let isVerified: Bool
    package let problem: String?
    /// Whether it could only not be written to its end.
    package let isCutShort: Bool
  }
}
