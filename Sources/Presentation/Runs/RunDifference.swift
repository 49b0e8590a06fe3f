package import Evidence

/// What is new, gone or different in one run beside another.
///
/// Compared is what a run does, not how often: the number of requests, bytes and times differ from run to run.
package struct RunDifference: Sendable {
  package let old: RunReport
  package let new: RunReport
  /// By topic, in the order of ``Topic``; within one by name.
  package let changes: [Change]

  package init(from old: RunReport, to new: RunReport) {
    self.old = old
    self.new = new
    changes = Topic.allCases.flatMap { topic in
      topic == .files
        ? Self.changes(old.files, new.files) : Self.changes(topic, topic.facts(of: old), topic.facts(of: new))
    }
  }

  package var isSame: Bool { changes.isEmpty }

  /// What runs are compared by.
  package enum Topic: String, Sendable, Hashable, CaseIterable {
    case agent
    case policy
    case sandbox
    case destinations
    case requests
    case blocked
    case findings
    case files
    case programs
    case names
  }

  /// One thing that is not in both runs as it is.
  package struct Change: Sendable, Hashable {
    package let topic: Topic
    /// A destination, a program, …
    package let what: String
    /// How it was; `nil` where it was not there. Empty where there is nothing to say but that it was.
    package let before: String?
    package let after: String?
    /// Of a file that left: which, and to whom.
    package var delivery: Delivery?

    package var kind: Kind { before == nil ? .new : after == nil ? .gone : .different }
  }

  /// In which way it differs.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case new
    case gone
    case different
  }

  private static func changes(_ topic: Topic, _ old: [String: String], _ new: [String: String]) -> [Change] {
    Set(old.keys).union(new.keys).sorted().compactMap { what in
      old[what] == new[what] ? nil : Change(topic: topic, what: what, before: old[what], after: new[what])
    }
  }

  /// By who got them, and what for: as many lines for somebody else are another thing.
  private static func changes(_ old: [RunReport.LeftFile], _ new: [RunReport.LeftFile]) -> [Change] {
    let (old, new) = (Delivery.lines(of: old), Delivery.lines(of: new))
    return Set(old.keys).union(new.keys).sorted().compactMap { delivery in
      old[delivery] == new[delivery]
        ? nil
        : Change(
          topic: .files, what: delivery.text, before: old[delivery], after: new[delivery], delivery: delivery)
    }
  }
}

extension RunDifference.Topic {
  /// The things that a run has of this topic, each with what of it can differ.
  fileprivate func facts(of report: RunReport) -> [String: String] {
    switch self {
    case .agent: [report.agent.id: report.agent.version ?? "no known version"]
    case .policy:
      [
        "file": report.policy.file, "posture": report.policy.posture,
        "content": report.policy.sha256.map { String($0.prefix(12)) } ?? "",
      ].filter { !$0.value.isEmpty }
    case .sandbox: Dictionary(report.layers.map { ($0.name, $0.detail) }) { first, _ in first }
    case .destinations: grouped(report.exchanges) { "\($0.destination.host) (\($0.purpose.rawValue))" }
    case .requests: grouped(report.exchanges) { "\($0.method) \($0.endpoint ?? $0.destination.host)" }
    case .blocked:
      Dictionary(
        report.exchanges.filter { $0.decision.action == .block }.map {
          ("\($0.destination.host): \($0.decision.rule.name)", "")
        }
      ) { first, _ in first }
    case .findings:
      Dictionary(
        report.exchanges.flatMap { exchange in
          exchange.findings.map {
            ("\($0.detector) in \($0.place) to \(exchange.destination.host)", exchange.decision.action.deed)
          }
        }
      ) { $0 == $1 ? $0 : Self.joined($0, $1) }
    case .files: [:]
    case .programs: Dictionary(report.programs.map { ($0.path, "") }) { first, _ in first }
    case .names: Dictionary(report.names.map { ($0.name, "") }) { first, _ in first }
    }
  }

  /// With what was done about them: `allowed`, or `allowed, blocked` where both were.
  private func grouped(_ exchanges: [Exchange], by name: (Exchange) -> String) -> [String: String] {
    Dictionary(exchanges.map { (name($0), $0.decision.action.deed) }) { $0 == $1 ? $0 : Self.joined($0, $1) }
  }

  private static func joined(_ one: String, _ other: String) -> String {
    Set((one + ", " + other).split(separator: ", ").map(String.init)).sorted().joined(separator: ", ")
  }
}

extension RunDifference: JSONRepresentable {
  /// What `sallyport runs diff --json` prints.
  package var json: JSONValue {
    [
      "old": .string(old.run.text), "new": .string(new.run.text), "same": .bool(isSame),
      "changes": .array(changes.map(\.json)),
    ]
  }
}

extension RunDifference.Change: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "topic": .string(topic.rawValue), "change": .string(kind.rawValue), "what": .string(what),
    ]
    members["before"] = before.flatMap { $0.isEmpty ? nil : .string($0) }
    members["after"] = after.flatMap { $0.isEmpty ? nil : .string($0) }
    if let delivery {
      members["path"] = .string(delivery.path)
      members["host"] = .string(delivery.destination.host)
      members["port"] = .integer(Int(delivery.destination.port))
      members["purpose"] = .string(delivery.purpose.rawValue)
    }
    return .object(members)
  }
}
