/// The AI tool that acts: who it is in the catalogue and which release of it runs.
package struct Agent: Sendable, Hashable {
  /// The catalogue's identifier, such as `claude-code`; `unknown` for a program nobody has described.
  package let id: String
  /// The release as the tool itself states it, or `nil` where it could not be told.
  package let version: String?

  package init(id: String, version: String? = nil) {
    self.id = id
    self.version = version
  }

  package static let unknown = Agent(id: "unknown")
}
