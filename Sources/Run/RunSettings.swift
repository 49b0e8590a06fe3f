internal import Catalog
internal import Decoding
internal import Egress
internal import Evidence
internal import Glibc
internal import NIOCore
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

  /// - Throws: ``RunError`` that names the option, or the file and line.
  init(_ options: RunOptions, environment: [String: String]) throws(RunError) {
    guard let home = environment["HOME"], let canonicalHome = FilePaths.canonical(home) else {
      throw RunError(.usage, at: "HOME", "is not set to a directory.", remedy: "Set HOME to your home directory.")
    }
    self.options = options
    self.environment = environment
    self.home = canonicalHome
    workspace = FilePaths.canonical(FilePaths.workingDirectory()) ?? FilePaths.workingDirectory()
    catalogDirectories = try CatalogSource.directories(extra: options.catalogDirectories)
    knowledge = try CatalogSource.load(extra: options.catalogDirectories)
    policy = try PolicySource.load(
      options.policyFile, workingDirectory: workspace, known: KnownNames(knowledge))
    let command = options.command[0]
    if let id = options.agentID, !knowledge.agents.contains(where: { $0.id == id }) {
      throw RunError(
        .usage, at: "--agent", "the catalogue has no agent '\(id)'.",
        remedy: "It has: \(knowledge.agents.map(\.id).sorted().joined(separator: ", ")).")
    }
    profile = knowledge.agent(for: options.agentID ?? command)
    program = try AgentProgram.find(command, searchPath: environment["PATH"] ?? "/usr/bin:/bin", home: canonicalHome)
    agent = Self.agent(profile, program, home: canonicalHome)
    state = StateDirectory(environment: environment, home: canonicalHome)
    upstream = try Self.upstream(options, policy)
    limits.apply(policy.limits)
    decodingLimits.apply(policy.limits)
  }

  private static func agent(_ profile: AgentProfile?, _ program: AgentProgram, home: String) -> Agent {
    guard let profile else { return .unknown }
    let version = InstalledVersion.find(profile.versionClues, of: program, home: home)
    return Agent(id: profile.id, version: version, versionSource: .installed)
  }

  private static func upstream(_ options: RunOptions, _ policy: PolicyDocument) throws(RunError)
    -> UpstreamConfiguration
  {
    var upstream = UpstreamConfiguration()
    do throws(WireError) {
      for text in options.connectTo { upstream.connectTo.append(try ConnectTo.parse(text)) }
      for override in policy.connect { upstream.connectTo.append(ConnectTo(override)) }
      for text in options.grantedAddresses { upstream.grantedPrivate.append(try AddressGrant.parse(text)) }
      for pattern in policy.privateAddresses { upstream.grantedPrivate.append(try AddressGrant.parse("\(pattern)")) }
    } catch {
      throw RunError(.usage, at: error.place, error.sentence, remedy: error.remedy)
    }
    upstream.extraAuthorities = options.upstreamAuthorities + policy.upstreamAuthorities
    for file in upstream.extraAuthorities where !FilePaths.exists(file) {
      throw RunError(
        .programMissing, at: file, "no such file of authorities.", remedy: "--upstream-ca wants a PEM file.")
    }
    upstream.apply(policy.limits)
    return upstream
  }
}
