package import Patterns

/// What an agent is, needs, and is known to do.
package struct AgentProfile: Sendable, Hashable {
  /// `claude-code`.
  package let id: String
  package let name: String
  /// The catalogue's vendor.
  package let vendor: String
  /// Names that it is started by.
  package let commands: [String]
  /// What makes it print its release.
  package let versionArguments: [String]
  /// Vendors whose models it is made for; `*` for any.
  package let models: [String]
  /// Its own configuration and caches.
  package let files: [FileGrant]
  /// Variables passed on to it besides the common ones; a final `*` stands for any rest.
  package let environment: [String]
  /// Those it reads a key from, with the hosts that each key belongs to.
  package let secrets: [SecretBinding]
  /// What it asks of hosts that others ask otherwise: a package index as an update check.
  package let endpoints: [Endpoint]
  /// How its own traffic is turned off.
  package let switches: [Switch]
  /// The file that describes it: `agents/claude-code.yaml`.
  package let file: String
  package let sources: [FactSource]

  /// A setting of the agent's own.
  package struct Switch: Sendable, Hashable {
    /// `DISABLE_TELEMETRY=1`, or a line of its configuration with the file's name.
    package let setting: String
    /// What it stops, in a few words.
    package let stops: String
    package let source: FactSource
  }

  /// Whether a variable of the user's is passed on as it is. One that sounds like a secret passes only where it is named
  /// in full; what is in ``secrets`` never does: the agent gets a placeholder.
  package func passes(variable: String) -> Bool {
    !secrets.contains { $0.name == variable } && VariablePatterns.match(environment, variable)
  }

  package func isOwn(vendor: String) -> Bool { models.contains("*") || models.contains(vendor) }
}

/// A file or directory that an agent may see.
package struct FileGrant: Sendable, Hashable {
  /// Absolute, or below `~/`.
  package let path: String
  package let access: Access
  /// Whether it may be missing.
  package let isOptional: Bool
  package let source: FactSource

  package enum Access: String, Sendable, Hashable, CaseIterable {
    case read
    case write
    /// Empty at the run's begin, writable, and gone at its end: spools that would be sent later.
    case scratch
  }
}

/// A secret that agents read from a variable, and the only hosts that it may reach.
package struct SecretBinding: Sendable, Hashable {
  package let name: String
  package let hosts: [DestinationPattern]
  /// What a placeholder begins with, so that the tool takes it for a key.
  package let prefix: String
  /// What follows, and how many.
  package let alphabet: Alphabet
  package let length: Int
  /// Whether it is sent as it is; false for a key that only signs, which no placeholder can stand for on the wire.
  package let isSent: Bool
  package let source: FactSource

  package enum Alphabet: String, Sendable, Hashable, CaseIterable {
    case base62
    case hex
    case upperBase32 = "upper-base32"

    package var characters: [Character] {
      switch self {
      case .base62: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
      case .hex: Array("0123456789abcdef")
      case .upperBase32: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      }
    }
  }

  /// A value of the right form that opens nothing.
  package func placeholder(using source: inout some RandomNumberGenerator) -> String {
    let characters = alphabet.characters
    return prefix + String((0..<length).map { _ in characters[Int.random(in: 0..<characters.count, using: &source)] })
  }
}
