internal import Catalog
internal import Evidence
internal import Synchronization
internal import Wire

/// What clients claim of an agent's release where nothing installed tells it.
///
/// The first claim of a run holds to its end: a program that the agent starts later cannot change it, and messages
/// without a `User-Agent` (names asked, frames of a WebSocket) have it too.
final class ClaimedVersions: Sendable {
  /// By the agent's identifier; as many as the run has agents, which is one.
  private let versions = Mutex<[String: String]>([:])

  /// The message with the release of its agent, and what it claims taken in.
  func settling(_ captured: Captured, _ knowledge: Knowledge) -> Captured {
    let agent = captured.origin.agent
    guard agent.version == nil else { return captured }
    let known = versions.withLock { versions -> String? in
      if let known = versions[agent.id] { return known }
      let claim = captured.fields.first(named: "user-agent").flatMap {
        knowledge.claimedVersion(userAgent: $0, by: agent.id)
      }
      versions[agent.id] = claim
      return claim
    }
    guard let known else { return captured }
    var settled = captured
    settled.origin.agent = Agent(id: agent.id, version: known, versionSource: .userAgent)
    return settled
  }

  func known(_ agent: Agent) -> Agent {
    guard agent.version == nil, let version = versions.withLock({ $0[agent.id] }) else { return agent }
    return Agent(id: agent.id, version: version, versionSource: .userAgent)
  }
}
