internal import Catalog
internal import Decoding
internal import Egress
internal import Evidence
internal import Glibc
internal import NIOCore
internal import Patterns
internal import Policy
internal import Wire

/// Options, policy and catalogue, checked and put together: everything that is known before anything is started.
struct RunSettings {
  let options: RunOptions
  let policy: PolicyDocument
  let knowledge: Knowledge
  let catalogDirectories: [String]
  let profile: AgentProfile?
  let program: AgentProgram
  /// With the release that is installed; where that cannot be told, the wire may tell it later.
  let agent: Agent
  let state: StateDirectory
  let environment: [String: String]
  let home: String
  let workspace: String
  let upstream: UpstreamConfiguration
  private(set) var limits = DoorLimits()
  private(set) var decodingLimits = DecodingLimits()
  let grants: Grants
  /// Those of `--env`.
  let variables: SetVariables

  /// - Throws: ``RunError`` that names the option, or the file and line.
  init(_ options: RunOptions, environment: [String: String]) throws(RunError) {
    guard let home = environment["HOME"], let canonicalHome = FilePaths.canonical(home) else {
      throw RunError(.usage, at: "HOME", "is not set to a directory.", remedy: "Set HOME to your home directory.")
    }
    self.options = options
    self.environment = environment
    self.home = canonicalHome
    let directory = try FilePaths.currentDirectory()
    workspace = FilePaths.canonical(directory) ?? directory
    catalogDirectories = try CatalogSource.directories(extra: options.catalogDirectories)
    knowledge = try CatalogSource.load(extra: options.catalogDirectories)
    policy = try WorkspaceOwners.applied(
      to: try PolicySource.load(options.policyFile, workingDirectory: workspace, known: KnownNames(knowledge)),
      in: workspace)
    let command = options.command[0]
    if let id = options.agentID { try CatalogSource.check(agent: id, among: knowledge.agents.map(\.id)) }
    profile = knowledge.agent(for: options.agentID ?? command)
    program = try AgentProgram.find(command, searchPath: environment["PATH"] ?? "/usr/bin:/bin", home: canonicalHome)
    agent = Self.agent(profile, program, home: canonicalHome)
    state = try StateDirectory(environment: environment, home: canonicalHome)
    upstream = try Self.upstream(options, policy, home: canonicalHome)
    grants = try Grants(
      options, policy: policy, program: program, home: canonicalHome, workspace: workspace)
    variables = try SetVariables(options, policy: policy, knowledge: knowledge, outside: environment)
    limits.apply(policy.limits)
    decodingLimits.apply(policy.limits)
  }

  private static func agent(_ profile: AgentProfile?, _ program: AgentProgram, home: String) -> Agent {
    guard let profile else { return .unknown }
    let version = InstalledVersion.find(profile.versionClues, of: program, home: home)
    return Agent(id: profile.id, version: version, versionSource: .installed)
  }

  /// Whether policy is only told of.
  var isReportOnly: Bool { options.proposal != nil }

  /// What of the workspace decided about this run and would about the next, relative to it: no agent changes that.
  var decidingFiles: [String] {
    ([policy.file] + [policy.codeOwners?.file].compactMap(\.self) + options.catalogDirectories
      + upstream.extraAuthorities).compactMap { file in
        guard let real = FilePaths.canonical(file), real != workspace, FilePaths.isWithin(real, workspace) else {
          return nil
        }
        return String(real.dropFirst(workspace.count + 1))
      }
  }

  /// A policy is for many machines, and its sockets may come later; what is typed is meant now.
  private static func checkSockets(_ options: RunOptions, _ overrides: [ConnectTo]) throws(RunError) {
    for (text, override) in zip(options.connectTo, overrides) {
      if case .unixSocket(let path) = override.target, !FilePaths.isSocket(path) {
        throw RunError(
          .programMissing, at: "--connect-to \(text)", "there is no socket at \(path).",
          remedy: "Start what listens there first.")
      }
    }
  }

  private static func upstream(
    _ options: RunOptions, _ policy: PolicyDocument, home: String
  ) throws(RunError) -> UpstreamConfiguration {
    var upstream = UpstreamConfiguration()
    do throws(WireError) {
      for text in options.connectTo { upstream.connectTo.append(try ConnectTo.parse(text)) }
      for override in policy.connect { upstream.connectTo.append(ConnectTo(override)) }
      for text in options.grantedAddresses { upstream.grantedPrivate.append(try AddressGrant.parse(text)) }
      for pattern in policy.privateAddresses { upstream.grantedPrivate.append(try AddressGrant.parse(pattern.text)) }
    } catch {
      throw RunError(.usage, at: error.place, error.sentence, remedy: error.remedy)
    }
    try checkSockets(options, upstream.connectTo)
    upstream.extraAuthorities = try UpstreamAuthorities.files(options, policy, home: home)
    upstream.apply(policy.limits)
    return upstream
  }
}
