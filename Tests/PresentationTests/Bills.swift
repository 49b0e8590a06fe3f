import Evidence
import Presentation
import Testing

/// Bills of runs as they may come.
enum Bills {
  private static func run() throws -> RunID { try #require(RunID("r_4f9c0a1b2c3d4e5f")) }

  static func busy() throws -> RunBill {
    RunBill(
      run: try run(), agent: Agent(id: "claude-code", version: "2.1.63"), duration: .milliseconds(72_400),
      rows: [
        .init(
          purpose: .model, destination: "api.anthropic.com", requests: 14, bytesOut: 512_345, bytesIn: 88_120,
          findings: 1),
        .init(
          purpose: .telemetry, destination: "api.anthropic.com", requests: 3, bytesOut: 0, bytesIn: 0, blocked: 3),
        .init(
          purpose: .telemetry, destination: "http-intake.logs.us5.datadoghq.com", requests: 9, bytesOut: 0, bytesIn: 0,
          findings: 2, blocked: 9),
        .init(purpose: .flags, destination: "statsig.anthropic.com", requests: 2, bytesOut: 2310, bytesIn: 18_022),
        .init(purpose: .auth, destination: "api.anthropic.com", requests: 1, bytesOut: 421, bytesIn: 1310),
        .init(
          purpose: .registry, destination: "files.pythonhosted.org", requests: 6, bytesOut: 3102, bytesIn: 12_801_233,
          uninspectedBytes: 3102),
        .init(
          purpose: .unknown, destination: "paste.example.net", requests: 2, bytesOut: 0, bytesIn: 0, findings: 4,
          blocked: 2),
      ],
      blockedRules: [
        .init(
          sentence: "telemetry is off under the control posture",
          remedy: "to allow it, add a rule for purpose telemetry to sallyport.yaml", place: "built-in:control:31",
          count: 12),
        .init(
          sentence: "a github-token must not leave the machine",
          remedy: "sallyport policy explain r_4f9c0a1b2c3d4e5f 17 says how to allow it",
          place: "built-in:control:12", count: 2),
      ],
      left: [
        .init(purpose: .model, destination: "api.anthropic.com", files: 14, lines: 1203),
        .init(purpose: .flags, destination: "statsig.anthropic.com", files: 0, lines: 0),
        .init(purpose: .auth, destination: "api.anthropic.com", files: 0, lines: 0),
        .init(purpose: .registry, destination: "files.pythonhosted.org", files: 0, lines: 0, isCertain: false),
      ],
      noteworthyFiles: [
        .init(path: "~/.ssh/id_ed25519", what: "a private key, not there"),
        .init(path: "~/.aws/credentials", what: "a private key, not there"),
        .init(path: ".git/hooks/pre-commit", what: "a git hook, written"),
      ],
      programs: ["/usr/bin/bash", "/usr/bin/git", "rg", "/usr/bin/python3", "/opt/bin/python3", "pip", "curl"],
      findings: [
        .init(detector: "github-token", place: "body, under gzip and base64", action: .block, count: 2),
        .init(detector: "aws-access-key-id", place: "body, under gzip and base64", action: .block),
        .init(detector: "email-address", place: "body, under json", action: .report),
      ],
      ledger: .init(entries: 37, checkpointSize: 1240, isVerified: true),
      reportPath: "/home/ada/parser/.sallyport/r_4f9c0a1b2c3d4e5f/report.json", exitStatus: 0)
  }

  static func quiet() throws -> RunBill {
    RunBill(
      run: try run(), agent: Agent(id: "aider", version: "0.86.1"), duration: .milliseconds(9120),
      rows: [.init(purpose: .model, destination: "api.openai.com", requests: 2, bytesOut: 9210, bytesIn: 1822)],
      programs: ["git"], ledger: .init(entries: 2, checkpointSize: 2, isVerified: true), exitStatus: 0)
  }

  static func nothing() throws -> RunBill {
    RunBill(
      run: try run(), agent: .unknown, duration: .milliseconds(41),
      ledger: .init(entries: 0, checkpointSize: 512, isVerified: true), exitStatus: 127)
  }

  static func overflowing() throws -> RunBill {
    var bill = try busy()
    for number in 1...40 {
      bill.rows.append(
        .init(
          purpose: .web, destination: "site-\(number).example.org", requests: number, bytesOut: number * 1000,
          bytesIn: number * 30_000, uninspectedBytes: number % 3 == 0 ? number * 10 : 0))
      bill.blockedRules.append(
        .init(
          sentence: "rule \(number) says that this destination is not one that your organisation has approved yet",
          remedy: "ask the owner of the policy, or add the host to destinations.allow in sallyport.yaml",
          place: "policies/sallyport.yaml:\(number)"))
      bill.noteworthyFiles.append(
        .init(path: "~/work/other-\(number)/src/main.c", what: "another repository, read by tool-\(number % 9)"))
      bill.programs.append("tool-\(number)")
      bill.findings.append(.init(detector: "iban", place: "header:x-note-\(number)", action: .redact))
    }
    return bill
  }

  static func hostile() throws -> RunBill {
    let attack = "\u{1B}[2J\u{1B}[1;1H\u{202E}ok\r\n"
    return RunBill(
      run: try run(), agent: Agent(id: "a" + attack, version: attack), duration: .seconds(1),
      rows: [.init(purpose: .unknown, destination: attack + ".example", requests: 1, bytesOut: .max, bytesIn: .max)],
      blockedRules: [.init(sentence: attack, remedy: attack)],
      noteworthyFiles: [.init(path: "/tmp/" + attack, what: attack)], programs: [attack, "日本語"],
      findings: [.init(detector: attack, place: attack, action: .ask)],
      ledger: .init(entries: 1, checkpointSize: 1, isVerified: true), reportPath: "/tmp/" + attack, exitStatus: -1)
  }

  static func random(using source: inout SplitMix) throws -> RunBill {
    func count(_ most: Int) -> Int { Int.random(in: 0...most, using: &source) }
    func word() -> String {
      let alphabet = ["a", "host", ".", "/", " ", "日", "🙂", "\u{1B}[1m", "\u{0301}", "\n", "longerword"]
      return (0..<count(30)).map { _ in alphabet[count(alphabet.count - 1)] }.joined()
    }
    var bill = RunBill(
      run: try run(), agent: Agent(id: word(), version: word()), duration: .milliseconds(count(10_000_000)),
      ledger: .init(entries: count(.max), checkpointSize: count(.max), isVerified: count(1) == 0),
      exitStatus: Int32(count(255)))
    bill.rows = (0..<count(30)).map { _ in
      RunBill.Row(
        purpose: Purpose.allCases[count(Purpose.allCases.count - 1)], destination: word(), requests: count(1000),
        bytesOut: count(.max), bytesIn: count(.max), findings: count(.max), blocked: count(3),
        uninspectedBytes: count(3))
    }
    bill.blockedRules = (0..<count(8)).map { _ in
      .init(sentence: word(), remedy: word(), place: word(), count: count(9999))
    }
    bill.noteworthyFiles = (0..<count(12)).map { _ in .init(path: word(), what: word()) }
    bill.programs = (0..<count(40)).map { _ in word() }
    bill.findings = (0..<count(12)).map { _ in .init(detector: word(), place: word(), action: .block, count: count(5)) }
    if count(1) == 0 { bill.reportPath = word() }
    return bill
  }
}
