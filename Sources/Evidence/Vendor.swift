/// The organisation that makes a tool or runs a destination.
package struct Vendor: Sendable, Hashable {
  /// The catalogue's identifier, such as `anthropic`.
  package let id: String
  package let name: String

  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}
