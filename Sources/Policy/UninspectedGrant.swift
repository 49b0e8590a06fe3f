package import Documents
package import Patterns

/// Hosts left unintercepted: their bytes are counted, not seen.
package struct UninspectedGrant: Sendable, Hashable {
  package let hosts: [DestinationPattern]
  package let because: String
  package let place: DocumentPlace
  /// Empty means every agent.
  let agents: [NamePattern]
}
