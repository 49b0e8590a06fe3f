internal import Documents
package import Evidence
internal import Patterns

/// Whether a connection is looked into.
package enum Interception: Sendable, Hashable {
  case inspect
  /// Left alone by this entry of the policy, whose writer gave this reason.
  case uninspected(RuleReference, because: String)
}

extension PolicyDocument {
  package func interception(of destination: Destination, agent: Agent) -> Interception {
    guard let grant = uninspectedGrant(for: destination, agent: agent) else { return .inspect }
    return .uninspected(Self.reference(to: grant), because: grant.because)
  }

  func uninspectedGrant(for destination: Destination, agent: Agent) -> UninspectedGrant? {
    uninspected.first { grant in
      grant.hosts.contains { $0.matches(destination) }
        && (grant.agents.isEmpty || grant.agents.contains { $0.matches(agent.id) })
    }
  }

  static func reference(to grant: UninspectedGrant) -> RuleReference {
    RuleReference(name: "uninspected", file: grant.place.file, line: grant.place.line)
  }
}
