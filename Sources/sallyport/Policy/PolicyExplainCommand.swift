internal import ArgumentParser
internal import Catalog
internal import Evidence
internal import Policy
internal import Presentation
internal import Run

struct PolicyExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what a policy says of a request, by which rule, and why.",
    discussion: HelpText.flowing(
      """
      EXAMPLES
        sallyport policy explain --agent claude-code --method POST \\
          --url https://api.anthropic.com/api/event_logging/v2/batch
        sallyport policy explain --url https://paste.example/ --finding credential
        sallyport policy explain --url https://paste.example/ \\
          --finding "personal/redact/high*12"
        sallyport policy explain --method POST --source secrets/a.pem:4-15 \\
          --url https://api.openai.com/v1/responses
        sallyport policy explain --url https://pypi.org/simple/ --verbose

      Exit codes: 0 it would go on, 1 it would be stopped, 65 the policy is wrong.
      """))

  @Option(name: .long, help: .init("The policy file.", valueName: "file"))
  var policy: String?

  @Option(name: .long, help: .init("The agent, by its name in the catalogue.", valueName: "id"))
  var agent = "unknown"

  @Option(name: .long, help: .init("The agent's version.", valueName: "version"))
  var agentVersion: String?

  @Option(name: .long, help: .init("What is asked for.", valueName: "url"))
  var url: String

  @Option(name: .long, help: .init("The method.", valueName: "method"))
  var method = "GET"

  @Option(name: .long, parsing: .unconditional, help: .init("Bytes of the body.", valueName: "n"))
  var bytes = 0

  @Option(name: .long, parsing: .unconditional, help: .init("Bytes of header fields and trailers.", valueName: "n"))
  var fieldBytes = 0

  @Option(name: .long, parsing: .unconditional, help: .init("Bytes that went to the same host before.", valueName: "n"))
  var sentBytes = 0

  @Option(
    name: .long,
    help: .init(
      """
      Something found in the body: its class, grade (block), severity (the class's), and how many different ones; may be \
      repeated.
      """,
      valueName: "class[/grade[/severity]][*n][@fingerprint]"))
  var finding: [String] = []

  @Option(
    name: .long,
    help: .init(
      "Lines of a file that are inside, sent for the first time; may be repeated.", valueName: "path[:start-end]"))
  var source: [String] = []

  @Option(
    name: .long, parsing: .unconditional,
    help: .init("Percent of the message that came from these files.", valueName: "n"))
  var share = 100

  @Option(
    name: .long, parsing: .unconditional,
    help: .init("Lines of files that went to the same host before, all covered by every rule.", valueName: "n"))
  var sentLines = 0

  @Option(name: .long, help: .init("Add catalogue files from this directory; may be repeated.", valueName: "dir"))
  var catalog: [String] = []

  @Flag(name: .shortAndLong, help: "Also list the rules that did not apply, each with the condition that kept it.")
  var verbose = false

  @Flag(name: .long, help: "Print JSON, with every rule.")
  var json = false

  @OptionGroup var colour: ColourOption

  func validate() throws {
    _ = try (target(), findings(), sources())
    for (option, number) in [
      ("--bytes", bytes), ("--field-bytes", fieldBytes), ("--sent-bytes", sentBytes), ("--sent-lines", sentLines),
    ] where number < 0 {
      throw ValidationError("\(option) wants a number from 0, not \(number).")
    }
    guard (0...100).contains(share) else { throw ValidationError("--share wants a percentage, not \(share).") }
    guard RequestURL.isMethod(method) else {
      throw ValidationError("--method wants a method such as POST, not '\(method)'.")
    }
    if let agentVersion, agentVersion.wholeMatch(of: /[0-9A-Za-z.+_-]*[0-9][0-9A-Za-z.+_-]*/) == nil {
      throw ValidationError("--agent-version wants a version such as 2.1.329, not '\(agentVersion)'.")
    }
  }

  private func target() throws -> RequestURL {
    guard let target = RequestURL(url) else {
      throw ValidationError("--url wants http:// or https://, a host, and a path: '\(url)' is none.")
    }
    return target
  }

  private func findings() throws -> [Finding] {
    try finding.reduce(into: []) { try $0 += FindingArgument.findings($1, after: $0.count) }
  }

  private func sources() throws -> [SourceRange] {
    try source.map { text in
      guard let range = SourceArgument.range(text) else {
        throw ValidationError("--source wants a path, and lines as in secrets/a.pem:4-15: '\(text)' is none.")
      }
      return range
    }
  }

  func run() throws {
    var document = try PolicyFile.load(policy)
    do throws(RunError) {
      document = try PolicySource.ownedHere(document)
    } catch {
      throw Exit(error).end(error.description)
    }
    let knowledge = try knowledge()
    let question = try question(knowledge)
    for range in question.attributed.sources { PolicySource.absence(of: range.path).map(Message.error) }
    if question.purpose == .unknown, let other = try otherMethod(knowledge) { Message.error(other) }
    let decision = document.decide(question)
    let steps = document.explain(question)
    if json {
      Message.result(try JSONText.of(Self.json(question, decision, steps)))
    } else {
      colour.print(ExplanationText(question, decision, steps, isVerbose: verbose).lines)
    }
    if decision.action == .block { throw ExitCode(1) }
  }

  private func knowledge() throws -> Knowledge {
    do {
      return try CatalogSource.load(extra: catalog)
    } catch {
      throw Exit(error).end(error.description)
    }
  }

  /// What the same URL is known for with another method, and how to ask for that.
  private func otherMethod(_ knowledge: Knowledge) throws -> String? {
    let target = try target()
    for other in ["POST", "GET", "PUT", "PATCH", "DELETE"] where other != method {
      let found = recognition(of: target, other, knowledge)
      guard let endpoint = found.endpoint else { continue }
      return "with --method \(other) it is \(found.purpose.rawValue) traffic (\(endpoint)); this is about \(method)."
    }
    return nil
  }

  private func recognition(of target: RequestURL, _ method: String, _ knowledge: Knowledge) -> Recognition {
    knowledge.recognise(
      RequestFacts(
        host: target.destination.host, port: target.destination.port, method: method, path: target.path,
        contentType: nil, upgrade: nil, bodyPrefix: []), by: agent)
  }

  private func question(_ knowledge: Knowledge) throws -> Question {
    let target = try target()
    let names = knowledge.agents.map(\.id) + [Agent.unknown.id]
    guard names.contains(agent) else {
      throw Exit.usage.end(Choice.refusal("--agent", agent, among: names.sorted()).message)
    }
    let findings = try findings()
    let recognition = recognition(of: target, method, knowledge)
    var random = SystemRandomNumberGenerator()
    var question = Question(
      subject: Subject(pseudonym: "explain", run: RunID.random(using: &random)),
      agent: Agent(id: agent, version: agentVersion),
      destination: target.destination, endpoint: recognition.endpoint, vendor: recognition.vendor,
      isOwnVendor: recognition.isOwnVendor,
      purpose: recognition.purpose, method: method, path: target.path, protocolName: .http1, findings: findings,
      bytes: bytes, time: WallClock.system.now())
    question.fieldBytes = fieldBytes
    question.sentBytes = sentBytes
    let sources = try sources()
    if !sources.isEmpty { question.attributed = Attributed(sources: sources, share: Double(share) / 100) }
    question.sentLines = SentLineCounts(base: sentLines)
    question.place = PolicySource.placeHere
    return question
  }

  private static func json(_ question: Question, _ decision: Decision, _ steps: [ExplainedStep]) -> JSONValue {
    [
      "purpose": .string(question.purpose.rawValue), "decision": decision.json,
      "endpoint": question.endpoint.map { .string($0) } ?? .null,
      "steps": .array(
        steps.map { step in
          [
            "rule": step.rule.json, "action": .string(step.action.rawValue), "decides": .bool(step.decides),
            "outcome": .string(step.outcome.sentence),
          ]
        }),
    ]
  }
}
