import Evidence
import Presentation
import Testing

@Suite("What is different between two runs")
struct RunDifferenceTests {
  private static func report(
    _ letter: Character, version: String = "2.1.63", policy: String = "built-in:control",
    layers: [String: String] = ["landlock": "ABI 7"], exchanges: [Exchange] = [], files: [Left] = [],
    programs: [String] = ["/usr/bin/git"], names: [String] = ["api.anthropic.com"]
  ) throws -> RunReport {
    let json: JSONValue = [
      "version": 1, "run": .string("r_" + String(repeating: letter, count: 16)),
      "agent": ["id": "claude-code", "version": .string(version)], "command": ["claude"], "workspace": "/w",
      "started": .string(WatchedRuns.start.description), "ended": .string(WatchedRuns.after(9).description),
      "policy": ["file": .string(policy), "posture": "control"],
      "sandbox": [
        "layers": .array(layers.map { ["layer": .string($0.key), "detail": .string($0.value)] })
      ],
      "exchanges": .array(exchanges.map(\.json)), "opened": [],
      "files": .array(files.map(\.json)),
      "programs": .array(programs.map { ["path": .string($0), "count": 1] }),
      "names": .array(names.map { ["name": .string($0), "names": 1, "questions": 1] }),
      "totals": [
        "exchanges": 0, "blocked": 0, "findings": 0, "requestBytes": 0, "inspectedBytes": 0, "forwardedBytes": 0,
        "responseBytes": 0, "uninspectedBytes": 0,
      ],
      "ledger": ["directory": "/l", "origin": "o", "size": 1, "verified": true, "checkpoint": ""], "exitStatus": 0,
    ]
    return try RunReport(json: json)
  }

  /// A file of which so many lines went to each of some receivers.
  private struct Left {
    let path: String
    let receivers: [(host: String, purpose: Purpose, lines: Int)]

    init(_ path: String, _ lines: Int, to host: String = "api.anthropic.com", _ purpose: Purpose = .model) {
      self.init(path, [(host, purpose, lines)])
    }

    init(_ path: String, _ receivers: [(host: String, purpose: Purpose, lines: Int)]) {
      self.path = path
      self.receivers = receivers
    }

    var json: JSONValue {
      [
        "path": .string(path), "lines": .integer(receivers.map(\.lines).max() ?? 0),
        "destinations": .array(
          receivers.map {
            [
              "host": .string($0.host), "port": 443, "purpose": .string($0.purpose.rawValue),
              "lines": .integer($0.lines), "repeatedLines": 4, "bytes": 9, "ranges": [[1, 2]], "exchanges": [1],
            ]
          }),
      ]
    }
  }

  private static func before() throws -> RunReport {
    try report(
      "a",
      exchanges: [
        WatchedRuns.exchange(1, at: 1), WatchedRuns.exchange(2, at: 1, .telemetry, .block),
        WatchedRuns.exchange(3, at: 2, .flags, to: "statsig.anthropic.com"),
      ], files: [Left("src/parse.swift", 120), Left("README.md", 7), Left("Package.swift", 9)],
      programs: ["/usr/bin/git", "/usr/bin/rg"])
  }

  private static func after() throws -> RunReport {
    try report(
      "b", version: "2.2.0", policy: "sallyport.yaml", layers: ["landlock": "ABI 8", "seccomp": "on"],
      exchanges: [
        WatchedRuns.exchange(1, at: 1), WatchedRuns.exchange(2, at: 1), WatchedRuns.exchange(3, at: 3, .telemetry),
        WatchedRuns.exchange(
          4, at: 4, .unknown, to: "paste.example.net", .block, findings: ["github-token", "github-token"]),
      ],
      files: [
        Left("src/parse.swift", 140), Left("secrets/key.pem", 3, to: "paste.example.net", .unknown),
        Left("Package.swift", [("api.anthropic.com", .model, 9), ("api.anthropic.com", .telemetry, 9)]),
      ], programs: ["/usr/bin/git", "/usr/bin/curl"],
      names: ["api.anthropic.com", "paste.example.net"])
  }

  @Test("in 80 columns, by topic")
  func transcript() throws {
    let difference = RunDifference(from: try Self.before(), to: try Self.after())
    Transcript(name: "runs.diff").matches(difference.lines(columns: 80).rendered(.plain))
    #expect(!difference.isSame)
  }

  @Test("a run beside itself, or one that did the same more often, is no difference")
  func same() throws {
    #expect(RunDifference(from: try Self.after(), to: try Self.after()).isSame)
    let (once, thrice) = (
      try Self.report("a", exchanges: [WatchedRuns.exchange(1, at: 1)]),
      try Self.report("b", exchanges: (1...3).map { WatchedRuns.exchange($0, at: 5, out: 9) })
    )
    #expect(RunDifference(from: once, to: thrice).isSame)
    let text = RunDifference(from: once, to: thrice).lines(columns: 80).rendered(.plain)
    #expect(text.contains("No difference."))
  }

  @Test("what is new in one direction is gone in the other")
  func mirrored() throws {
    let forth = RunDifference(from: try Self.before(), to: try Self.after())
    let back = RunDifference(from: try Self.after(), to: try Self.before())
    #expect(forth.changes.count == back.changes.count)
    for (one, other) in zip(forth.changes, back.changes) {
      #expect((one.topic, one.what) == (other.topic, other.what))
      #expect(one.before == other.after && one.after == other.before)
    }
  }

  @Test("a destination that was blocked and now is not is different, not the same")
  func decision() throws {
    let difference = RunDifference(from: try Self.before(), to: try Self.after())
    let change = difference.changes.first { $0.what == "api.anthropic.com (telemetry)" }
    #expect(change?.kind == .different && change?.before == "blocked" && change?.after == "allowed")
  }

  @Test("a file that goes to another host, or for another purpose, is new there with as many lines as it had")
  func receivers() throws {
    let old = try Self.report("a", files: [Left("a.swift", 40), Left("b.swift", 5)])
    let moved = try Self.report(
      "b", files: [Left("a.swift", 40, to: "logs.example"), Left("b.swift", 5, to: "api.anthropic.com", .telemetry)])
    let changes = RunDifference(from: old, to: moved).changes
    #expect(
      changes.map { "\($0.kind) \($0.what)" } == [
        "gone a.swift to api.anthropic.com (model)", "new a.swift to logs.example (model)",
        "gone b.swift to api.anthropic.com (model)", "new b.swift to api.anthropic.com (telemetry)",
      ])
    let also = try Self.report(
      "c",
      files: [Left("a.swift", [("api.anthropic.com", .model, 40), ("logs.example", .model, 40)]), Left("b.swift", 5)])
    #expect(RunDifference(from: old, to: also).changes.map(\.what) == ["a.swift to logs.example (model)"])
    #expect(RunDifference(from: old, to: old).isSame)
  }

  @Test("the receiver of a file is told at any width, and lines that only went out again are no nothing")
  func narrow() throws {
    let path = String(repeating: "a-long-folder/", count: 12) + "a.swift"
    let difference = RunDifference(
      from: try Self.report("a"), to: try Self.report("b", files: [Left(path, 0, to: "logs.example", .telemetry)]))
    for columns in 75...110 {
      let text = difference.lines(columns: columns).rendered(.plain)
      #expect(text.contains("a.swift to logs.example (telemetry): 4 lines again"), "\(text)")
    }
  }

  @Test("for machines each change has its topic, its kind, and what it was and is")
  func json() throws {
    let json = RunDifference(from: try Self.before(), to: try Self.after()).json
    #expect(json["same"] == false)
    #expect(
      json["changes"]?.array?.contains([
        "topic": "files", "change": "different", "what": "src/parse.swift to api.anthropic.com (model)",
        "path": "src/parse.swift", "host": "api.anthropic.com", "port": 443, "purpose": "model",
        "before": "120 lines", "after": "140 lines",
      ]) == true)
    #expect(
      json["changes"]?.array?.contains(["topic": "programs", "change": "new", "what": "/usr/bin/curl"]) == true)
  }

  @Test("far too much of everything still fits, and says how much is left out")
  func overflowing() throws {
    let many = (1...200).map { "\u{1B}[2J/opt/\($0)/" + String(repeating: "x", count: $0) }
    let difference = RunDifference(from: try Self.report("a"), to: try Self.report("b", programs: many, names: many))
    for columns in 40...110 {
      let lines = difference.lines(columns: columns)
      #expect(lines.allSatisfy { $0.width <= columns })
      #expect(!lines.rendered(.plain).contains("\u{1B}"))
    }
    #expect(difference.lines(columns: 80).rendered(.plain).contains("more, which --json tells"))
  }
}
