package import Presentation

/// What the user asked of a run, as it was typed; checked by ``RunSession``.
package struct RunOptions: Sendable {
  package var command: [String]
  package var policyFile: String?
  package var agentID: String?
  package var catalogDirectories: [String]
  package var reportDirectory: String?
  /// A file, `-`, or `/dev/fd/N`.
  package var jsonPlace: String?
  package var reads: [String]
  package var writes: [String]
  /// `NAME` or `NAME=VALUE`.
  package var environment: [String]
  /// `NAME@HOST`.
  package var secrets: [String]
  /// `HOST:PORT:ADDR:PORT`.
  package var connectTo: [String]
  package var upstreamAuthorities: [String]
  package var grantedAddresses: [String]
  package var setsProxyVariables: Bool
  package var observes: Bool
  /// Whether what the agent changes in the workspace waits until it is applied.
  package var overlays: Bool
  /// Whether the agent may make sandboxes of its own, at the cost of Landlock's file rules.
  package var allowsNestedSandboxes: Bool
  /// Set where policy is only told of, and a better one is to be proposed.
  package var proposal: ProposalOptions?
  /// Of the summary.
  package var colour: ColourChoice

  package init(
    command: [String], policyFile: String? = nil, agentID: String? = nil, catalogDirectories: [String] = [],
    reportDirectory: String? = nil, jsonPlace: String? = nil, reads: [String] = [], writes: [String] = [],
    environment: [String] = [],
    secrets: [String] = [], connectTo: [String] = [], upstreamAuthorities: [String] = [],
    grantedAddresses: [String] = [], setsProxyVariables: Bool = true, observes: Bool = true,
    overlays: Bool = false, allowsNestedSandboxes: Bool = false, colour: ColourChoice = .auto
  ) {
    self.command = command
    self.policyFile = policyFile
    self.agentID = agentID
    self.catalogDirectories = catalogDirectories
    self.reportDirectory = reportDirectory
    self.jsonPlace = jsonPlace
    self.reads = reads
    self.writes = writes
    self.environment = environment
    self.secrets = secrets
    self.connectTo = connectTo
    self.upstreamAuthorities = upstreamAuthorities
    self.grantedAddresses = grantedAddresses
    self.setsProxyVariables = setsProxyVariables
    self.observes = observes
    self.overlays = overlays
    self.allowsNestedSandboxes = allowsNestedSandboxes
    self.colour = colour
  }
}
