internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Testing

@testable internal import Egress

/// What a client says of its release counts where nothing installed says it.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ClaimedVersionTests {
  private static let rules = """
      - {name: recent, when: {destination: '*.test', version: '>=2.1'}, then: allow}
      - {name: others, when: {destination: '*.test'}, then: block}

    """

  private static func get(_ userAgent: String?) -> String {
    let field = userAgent.map { "User-Agent: \($0)\r\n" } ?? ""
    return "GET http://server.test/ HTTP/1.1\r\nHost: server.test\r\n\(field)\r\n"
  }

  private func statuses(_ userAgents: [String?], agent: Agent) async throws -> ([Int], [Agent]) {
    let harness = try await DoorHarness {
      $0.rules = Self.rules
      $0.agent = agent
    }
    let client = try await harness.client()
    var statuses: [Int] = []
    for userAgent in userAgents {
      client.send(Self.get(userAgent))
      statuses.append(try await client.answer().status)
    }
    return (statuses, harness.journal.exchanges.map(\.agent))
  }

  private let claude = Agent(id: "claude-code")

  @Test("a rule with a version applies from the first claim on, and the record says whose word it is")
  func claimed() async throws {
    let (statuses, agents) = try await statuses(
      [nil, "curl/8.5.0", "claude-cli/2.1.329 (external, cli)", nil], agent: claude)
    #expect(statuses == [403, 403, 200, 200])
    let known = Agent(id: "claude-code", version: "2.1.329", versionSource: .userAgent)
    #expect(agents == [claude, claude, known, known])
  }

  @Test("a later claim changes nothing")
  func first() async throws {
    let (statuses, agents) = try await statuses(["claude-cli/1.0", "claude-cli/9.9"], agent: claude)
    #expect(statuses == [403, 403])
    #expect(agents.allSatisfy { $0.version == "1.0" })
  }

  @Test("what is installed wins over what is said")
  func installed() async throws {
    let old = Agent(id: "claude-code", version: "1.0", versionSource: .installed)
    let (statuses, agents) = try await statuses(["claude-cli/2.1.329"], agent: old)
    #expect(statuses == [403])
    #expect(agents == [old])
  }

  @Test("another tool's name, or none that the catalogue has, is no claim")
  func foreign() async throws {
    let (statuses, _) = try await statuses(["codex_cli_rs/2.9", "my-claude-cli/2.9", "claude-cli/dev"], agent: claude)
    #expect(statuses == [403, 403, 403])
  }
}
