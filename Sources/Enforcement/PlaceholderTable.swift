package import Evidence
package import Patterns
package import Wire

/// The credentials of a run: what stands for each inside the sandbox, and where the real one may go.
///
/// The real values live here and in the request that carries one to its own host; nowhere else.
package struct PlaceholderTable: Sendable {
  /// The detector that finds placeholders, and what a finding of one is called.
  static let detector = "canary"
  static let findingName = "credential-placeholder"

  private let entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// One credential.
  package struct Entry: Sendable {
    /// The environment variable that it came in.
    package let name: String
    /// What the sandbox sees; random, in the credential's own shape, worth nothing.
    package let placeholder: String
    package let value: Secret<String>
    /// The only destinations that the real value may reach.
    package var hosts: [DestinationPattern]

    package init(name: String, placeholder: String, value: Secret<String>, hosts: [DestinationPattern]) {
      self.name = name
      self.placeholder = placeholder
      self.value = value
      self.hosts = hosts
    }
  }

  /// Every placeholder, to be looked for in everything that leaves.
  package var placeholders: [String] { entries.map(\.placeholder) }

  /// Whether any credential belongs there.
  func belong(to destination: Destination, overTLS isTLS: Bool) -> Bool {
    entries.contains { $0.belongs(to: destination, overTLS: isTLS) }
  }

  /// The head with the real credentials of this destination in the place of their placeholders: in field values, in Basic
  /// credentials (RFC 7617) and in the target. Others get the placeholders as they are.
  package func substitute(
    into head: RequestHead, for destination: Destination, overTLS isTLS: Bool
  ) -> RequestHead {
    let owned = entries.filter { $0.belongs(to: destination, overTLS: isTLS) && head.mentions($0.placeholder) }
    guard !owned.isEmpty else { return head }
    var head = head
    for entry in owned {
      entry.value.withValue { value in
        head.target = head.target.replacing(entry.placeholder, with: value)
        for index in head.fields.indices {
          head.fields[index].value = head.fields[index].value.replacing(entry.placeholder, with: value)
          head.fields[index].value = BasicCredentials.replacing(
            entry.placeholder, with: value, in: head.fields[index].value)
        }
      }
    }
    head.raw = nil
    return head
  }
}

extension PlaceholderTable.Entry {
  /// A host named without a port means its HTTPS service: another port may be somebody else's, and whoever is on the way
  /// reads what is not encrypted. A port that was named is taken as it is meant.
  func belongs(to destination: Destination, overTLS isTLS: Bool) -> Bool {
    hosts.contains { $0.matches(destination) && ($0.port != nil || isTLS && destination.port == 443) }
  }
}

extension RequestHead {
  fileprivate func mentions(_ placeholder: String) -> Bool {
    target.contains(placeholder)
      || fields.contains { field in
        field.value.contains(placeholder) || BasicCredentials.decoded(field.value)?.contains(placeholder) == true
      }
  }
}
