internal import Catalog
internal import Confinement
internal import Decoding
internal import Egress
internal import Enforcement
internal import Evidence
internal import Glibc
internal import Ledger
internal import NIOCore
internal import NIOPosix
internal import Policy
internal import Sandbox
internal import Wire

/// The part of a run in which the agent lives.
struct ConfinedSession {
  private let settings: RunSettings
  private let installation: Installation
  private let clock = WallClock.system
  private let journal = ExchangeJournal()
  private let names = NameBook()
  private let job: JobControl
  /// As it was before the agent could change it.
  private let repository: GitRepository?
  private let observations: ObservationRecord
  private let facts: RunFacts

  init(_ settings: RunSettings, _ installation: Installation) throws {
    self.settings = settings
    self.installation = installation
    job = try JobControl()
    repository = GitRepository.around(settings.workspace, home: settings.home)
    let names = names
    observations = ObservationRecord(
      interest: FileInterest(home: settings.home, workspace: settings.workspace), name: { names.name(at: $0) })
    facts = RunFacts(
      subject: Subject(pseudonym: installation.pseudonym, run: installation.run),
      place: Question.Place(workspace: settings.workspace, hostname: HostName.current, home: settings.home),
      saltKey: installation.saltKey, clock: clock)
  }

  func run() async throws -> RunRecord {
    let started = clock.now()
    let entries = RunEntries(facts)
    _ = try await installation.ledger.append([entries.started(settings)])
    let asker = TerminalAsker(timeout: settings.policy.askTimeout)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: min(2, System.coreCount))
    let door = try await openDoor(asker: asker, on: group)
    let before = placesThatRun
    let confined = try await launch(door)
    try await serve(confined, through: door)
    _ = try await installation.ledger.append([entries.attested(confined.attestation)])
    let relay = try confined.terminal.map { try AgentTerminal.relay(to: $0) }
    asker.use(relay)
    relay?.start()
    job.start(confined, relay: relay)
    let (end, interruption) = await end(of: confined)
    relay?.waitUntilClosed()
    relay?.stop()
    job.stop()
    await door.close()
    let after = placesThatRun
    let changes = before.changes(until: after)
    let ended = clock.now()
    _ = try await installation.ledger.append(
      [
        entries.observed(
          observations, names: names.asked.count, changes: changes, exchanges: journal.exchanges),
        entries.ended(end, exchanges: journal.exchanges, isInterrupted: interruption != nil),
      ])
    try await group.shutdownGracefully()
    var record = try record(started: started, ended: ended, confined: confined, end: end)
    record.changes = changes
    record.interruption = interruption?.description
    return record
  }

  private var placesThatRun: PlacesThatRun {
    PlacesThatRun(workspace: settings.workspace, home: settings.home, repositories: repository?.writes ?? [])
  }

  /// An agent whose sandbox was ended from outside was killed with it; what is known of its run is told all the same.
  private func end(of confined: ConfinedRun) async -> (AgentEnd, SandboxError?) {
    do throws(SandboxError) {
      return (try await confined.wait(), nil)
    } catch {
      return (AgentEnd(code: nil, signal: SIGKILL, survivors: 0), error)
    }
  }
}

// MARK: The door and the room

extension ConfinedSession {
  private func openDoor(asker: TerminalAsker, on group: MultiThreadedEventLoopGroup) async throws -> EgressDoor {
    let engines = Engines(
      knowledge: settings.knowledge, detectors: installation.detectors, decodingLimits: .init(),
      policy: settings.policy, ledger: installation.ledger,
      placeholders: PlaceholderTable(installation.placeholders.entries))
    let chamber = Chamber(engines: engines, run: facts, asker: asker, journal: journal)
    let tls = try UpstreamTLS(
      systemBundle: try systemBundle(), extraAuthorities: settings.upstream.extraAuthorities)
    let threads = NIOThreadPool(numberOfThreads: 2)
    threads.start()
    let plan = DoorPlan(
      chamber: chamber,
      serverTLS: ServerTLS(leaves: try LeafCertificates(authority: installation.authority)),
      connector: UpstreamConnector(configuration: settings.upstream, tls: tls),
      limits: settings.limits, spool: SpoolDirectory(path: installation.runDirectory, threads: threads),
      origin: Origin(agent: settings.agent))
    return try await EgressDoor(plan, group: group, names: names)
  }

  private func launch(_ door: EgressDoor) async throws -> ConfinedRun {
    let plan = try sandboxPlan()
    let observations = observations
    let job = job
    do throws(SandboxError) {
      return try await ConfinedRun.launch(plan) { event in
        switch event {
        // The connection that asked for this port waits until it is served.
        case .captured(let port):
          for listener in [port.listenerIPv4, port.listenerIPv6] { try? door.serveCapture(on: listener).wait() }
        case .observed(let seen): observations.take(seen)
        case .portsExhausted: break
        case .datagramsRefused(let count): observations.noteRefusedDatagrams(Int(clamping: count))
        case .stopped(let signal): job.agentHasStopped(by: signal)
        }
      }
    } catch {
      throw RunError(error)
    }
  }

  private func serve(_ confined: ConfinedRun, through door: EgressDoor) async throws {
    try await door.serveProxy(on: confined.proxyListener).get()
    for port in confined.captureListeners {
      try await door.serveCapture(on: port.listenerIPv4).get()
      try await door.serveCapture(on: port.listenerIPv6).get()
    }
    let resolver = try ResolverService(confined.resolver) { door.answer(datagram: $0) }
    resolver.start()
    try await door.serveResolver(on: confined.resolver.listenerIPv4).get()
    try await door.serveResolver(on: confined.resolver.listenerIPv6).get()
  }

  private func systemBundle() throws -> String {
    try SystemRoots.path(sslCertFile: settings.environment["SSL_CERT_FILE"])
  }

  private func sandboxPlan() throws -> SandboxPlan {
    let made = HomePlaces.make(settings)
    if !made.isEmpty {
      Notice.say(
        "made \(made.joined(separator: " and ")), where \(settings.agent.id) keeps its settings and its login.")
    }
    let bundle = try TrustBundle(
      in: installation.runDirectory, authority: installation.authority,
      systemBundle: try systemBundle(),
      extraAuthorities: settings.upstream.extraAuthorities)
    var plan = SandboxPlan(
      program: settings.program.path, arguments: Array(settings.options.command.dropFirst()),
      workspace: settings.workspace,
      home: HomePlan(path: settings.home, binds: HomeBinds.of(settings)), realHome: settings.home,
      environment: AgentEnvironment.make(
        settings, placeholders: installation.placeholders.environment, trustBundle: TrustPlaces.bundle,
        authority: TrustPlaces.bundle),
      helper: try InitProgram.path())
    plan.reads = settings.program.reads + settings.options.reads.map(FilePaths.absolute) + settings.policy.files.read
    plan.writes = settings.options.writes.map(FilePaths.absolute) + settings.policy.files.write
    if let repository {
      plan.reads += repository.reads
      plan.writes += repository.writes
    }
    plan.caBundle = bundle.path
    plan.observation = settings.options.observes ? .files : .connections
    plan.allowsNestedSandboxes = settings.options.allowsNestedSandboxes
    plan.protectedInWorkspace = ["sallyport.yaml"]
    plan.streams = AgentTerminal.streams
    return plan
  }
}

// MARK: What is told of it

extension ConfinedSession {
  private func record(
    started: Timestamp, ended: Timestamp, confined: ConfinedRun, end: AgentEnd
  ) throws -> RunRecord {
    try installation.ledger.close()
    return RunRecord(
      run: installation.run, agent: settings.agent, command: settings.options.command,
      workspace: settings.workspace, started: started, ended: ended, policyFile: settings.policy.file,
      posture: settings.policy.posture, layers: confined.attestation.map { ($0.layer.rawValue, $0.detail) },
      exchanges: journal.exchanges, programs: observations.programs, files: observations.files,
      isObservationIncomplete: observations.isIncomplete,
      attempts: observations.attempts.silent(beside: journal.exchanges),
      datagramsRefused: observations.datagramsRefused, namesAsked: AskedNames(names.asked),
      survivors: Int(end.survivors),
      exitStatus: end.exitCode, ledger: try LedgerProof.state(settings, installation))
  }
}
