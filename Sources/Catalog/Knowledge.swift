internal import Evidence
internal import Patterns

/// Everything the catalogue knows, indexed.
///
/// Immutable; safe to ask from any thread.
package struct Knowledge: Sendable {
  /// By identifier.
  package let agents: [AgentProfile]
  /// Vendors, services and registries, by identifier.
  package let vendors: [VendorProfile]
  package let environment: SharedEnvironment
  package let trustVariables: [TrustVariable]
  package let trustFiles: [TrustFile]

  private let agentsByName: [String: Int]
  private let shared: EndpointIndex
  private let refined: [String: EndpointIndex]

  init(
    agents: [AgentProfile], vendors: [VendorProfile], environment: SharedEnvironment, trustVariables: [TrustVariable],
    trustFiles: [TrustFile]
  ) {
    self.agents = agents
    self.vendors = vendors
    self.environment = environment
    self.trustVariables = trustVariables
    self.trustFiles = trustFiles
    var names: [String: Int] = [:]
    for (index, agent) in agents.enumerated() {
      for command in agent.commands { names[command] = index }
    }
    for (index, agent) in agents.enumerated() { names[agent.id] = index }
    self.agentsByName = names
    self.shared = EndpointIndex(vendors.flatMap(\.endpoints))
    self.refined = Dictionary(
      uniqueKeysWithValues: agents.filter { !$0.endpoints.isEmpty }.map { ($0.id, EndpointIndex($0.endpoints)) })
  }

  /// Finds an agent by its identifier, a command's name, or a path that ends in one.
  package func agent(for command: String) -> AgentProfile? {
    let base = command.split(separator: "/").last.map(String.init) ?? command
    return (agentsByName[command] ?? agentsByName[base]).map { agents[$0] }
  }

  /// The release that a client of the agent's claims to be; `nil` where the text is not the agent's own.
  package func claimedVersion(userAgent: String, by agentID: String) -> String? {
    guard let index = agentsByName[agentID], agents[index].id == agentID else { return nil }
    return agents[index].claimedVersion(userAgent: userAgent)
  }

  /// Says what a request is for.
  ///
  /// What the agent's own file says comes first, then the vendors'; a name before a wildcard, a longer path before a
  /// shorter one. A path that servers may read in several ways is never more than ``Purpose/unknown``.
  /// - Complexity: a few look-ups by host; about two microseconds.
  package func recognise(_ facts: RequestFacts, by agentID: String) -> Recognition {
    let request = PreparedRequest(facts)
    let own = refined[agentID]?.lookUp(request)
    let isPlain = request.target.isPlain
    if isPlain, let endpoint = own?.match { return recognition(of: endpoint, by: agentID) }
    let common = shared.lookUp(request)
    if isPlain, let endpoint = common.match { return recognition(of: endpoint, by: agentID) }
    guard let neighbour = common.neighbour ?? common.match ?? own?.neighbour ?? own?.match else { return .unknown }
    return Recognition(
      endpoint: nil, vendor: neighbour.vendor, isOwnVendor: isOwn(neighbour.vendor, agentID), purpose: .unknown,
      dialect: nil, source: "", quiet: nil)
  }

  /// Every secret that the catalogue knows, by the name of its variable.
  package var secrets: [SecretBinding] { vendors.flatMap(\.secrets) }

  /// Names of endpoints, for checking a policy: `anthropic/messages`.
  package var endpointNames: [String] {
    (vendors.flatMap(\.endpoints) + agents.flatMap(\.endpoints)).map(\.id).sorted()
  }

  private func recognition(of endpoint: Endpoint, by agentID: String) -> Recognition {
    Recognition(
      endpoint: endpoint.id, vendor: endpoint.vendor, isOwnVendor: isOwn(endpoint.vendor, agentID),
      purpose: endpoint.purpose, dialect: endpoint.dialect, source: endpoint.place, quiet: endpoint.quiet)
  }

  private func isOwn(_ vendor: String, _ agentID: String) -> Bool {
    guard let index = agentsByName[agentID], agents[index].id == agentID else { return false }
    return agents[index].isOwn(vendor: vendor)
  }
}
