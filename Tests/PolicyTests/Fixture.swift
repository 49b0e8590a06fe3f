internal import Documents
internal import Evidence
internal import Policy
internal import Testing

/// Builds questions from the few facts that a test is about.
enum Fixture {
  static let noon = Timestamp(millisecondsSinceEpoch: 1_795_262_400_000)  // 2026-11-21T12:00:00Z, a Saturday

  static func question(
    agent: Agent = Agent(id: "claude-code", version: "2.1.329"), host: String = "api.anthropic.com",
    port: UInt16 = 443, endpoint: String? = nil, isOwnVendor: Bool = false, purpose: Purpose = .unknown,
    method: String = "GET", path: String = "/", protocolName: Exchange.ProtocolName = .http1,
    findings: [Finding] = [], bytes: Int = 0, time: Timestamp = noon, place: Question.Place = Question.Place(),
    answer: Question.Answer? = nil
  ) -> Question {
    Question(
      subject: Subject(pseudonym: "p", run: run), agent: agent, destination: Destination(host: host, port: port),
      endpoint: endpoint, isOwnVendor: isOwnVendor, purpose: purpose, method: method, path: path,
      protocolName: protocolName, findings: findings, bytes: bytes, time: time, place: place, answer: answer)
  }

  static func finding(
    _ dataClass: DataClass, _ grade: Grade = .block, severity: Severity? = nil, detector: String = "some-detector",
    place: Finding.Place = .body, fingerprint: String? = nil
  ) -> Finding {
    Finding(
      detector: detector, dataClass: dataClass, grade: grade, severity: severity, place: place, span: Span(0, 4),
      fingerprint: fingerprint)
  }

  /// `secrets/a.pem:4-15`, sent for the first time, ten bytes a line.
  static func source(_ text: String) throws -> SourceRange {
    let parts = text.split(separator: ":")
    let lines = parts.count > 1 ? parts[1].split(separator: "-").compactMap { Int($0) } : [1]
    let (start, end) = (try #require(lines.first), try #require(lines.last))
    return SourceRange(
      path: String(parts[0]), startLine: start, endLine: end, bytes: (end - start + 1) * 10, isFirstSent: true)
  }

  static func policy(_ yaml: String, file: String = "sallyport.yaml") throws -> PolicyDocument {
    try PolicyDocument.parse(yaml, file: file).get()
  }

  static func problems(_ yaml: String) -> [String] {
    guard case .failure(let errors) = PolicyDocument.parse(yaml, file: "p.yaml") else { return [] }
    return errors.problems.map(\.description)
  }

  private static let run: RunID = {
    var source = SeededGenerator(seed: 1)
    return RunID.random(using: &source)
  }()
}

/// SplitMix64: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
