/// The AI tool that acts: who it is in the catalogue and which release of it runs.
package struct Agent: Sendable, Hashable {
  /// The catalogue's identifier, such as `claude-code`; `unknown` for a program nobody has described.
  package let id: String
  /// The release, or `nil` where it could not be told.
  package let version: String?
  /// Whose word ``version`` is; `nil` with it, and where it was given by hand.
  package let versionSource: VersionSource?

  package init(id: String, version: String? = nil, versionSource: VersionSource? = nil) {
    self.id = id
    self.version = version
    self.versionSource = version == nil ? nil : versionSource
  }

  package static let unknown = Agent(id: "unknown")

  /// How a release came to be known.
  package enum VersionSource: String, Sendable, Hashable, CaseIterable {
    /// Read on this host from what is installed.
    case installed
    /// The client's own claim on the wire (RFC 9110 §10.1.5), which any program may make.
    case userAgent = "user-agent"
  }
}
