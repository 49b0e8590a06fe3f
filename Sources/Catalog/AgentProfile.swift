/// What an agent is, needs, and is known to do.
package struct AgentProfile: Sendable, Hashable {
  /// `claude-code`.
  package let id: String
  package let name: String
  /// The catalogue's vendor.
  package let vendor: String
  /// Names that it is started by.
  package let commands: [String]
  /// Where its release can be read, the best first.
  package let versionClues: [VersionClue]
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

  /// The release that a client claims to be in its `User-Agent`, where that is one of this agent's.
  package func claimedVersion(userAgent: String) -> String? {
    for clue in versionClues {
      if case .userAgent(let pattern) = clue.way, let version = pattern.version(inProducts: userAgent) {
        return version
      }
    }
    return nil
  }

  package func isOwn(vendor: String) -> Bool { models.contains("*") || models.contains(vendor) }
}
