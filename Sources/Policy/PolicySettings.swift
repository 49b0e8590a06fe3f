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

/// Files of the home, or elsewhere, that the agent may see besides the workspace and its own.
package struct FileGrants: Sendable, Hashable {
  /// Absolute, or below `~/`.
  package let read: [String]
  package let write: [String]

  package init(read: [String] = [], write: [String] = []) {
    self.read = read
    self.write = write
  }
}

/// A real secret, and the only hosts it may be put on the wire for.
package struct SecretGrant: Sendable, Hashable {
  /// The environment variable that holds it outside the sandbox.
  package let name: String
  package let hosts: [DestinationPattern]
  package let place: DocumentPlace
}

/// How long evidence must last before a message goes on.
package enum Durability: String, Sendable, Hashable, CaseIterable {
  /// It outlives this process: the system has it.
  case process
  /// It outlives the machine: the disk has it.
  case disk
}
