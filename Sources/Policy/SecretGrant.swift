package import Documents
package import Patterns

/// A real secret, and the only hosts it may be put on the wire for.
package struct SecretGrant: Sendable, Hashable {
  /// The environment variable that holds it outside the sandbox.
  package let name: String
  package let hosts: [DestinationPattern]
  package let place: DocumentPlace
}
