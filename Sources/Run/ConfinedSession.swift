internal import Catalog
internal import Confinement
internal import Decoding
internal import Egress
internal import Enforcement
internal import Evidence
internal import Fingerprints
internal import Glibc
internal import Inspection
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
  private let beginning: RunBeginning
  private let clock = WallClock.system
  private let journal: ExchangeJournal
  private let questions: PersonAsker
  private let names = NameBook()
  private let job: JobControl
  /// As it was before the agent could change it.
  private let repository: GitRepository?
  private let observations: ObservationRecord
  private let programs: ProgramBook
  private let facts: RunFacts
  private let sources: WorkspaceSources
  private let protected: ProtectedPlaces
  /// Where the workspace's changes go instead.
  private let overlay: OverlayPlace?
  /// Those on which long bodies are written and read.
  private let spoolThreads = NIOThreadPool(numberOfThreads: 2)
  /// To read this machine's authorities takes a while, in which the rest is made ready.
  private let trust: Task<UpstreamTLS, any Error>
  /// Large indexes take a while, too.
  private let ownCode: Task<FingerprintSet?, any Error>

  init(
    _ settings: RunSettings, _ installation: Installation, beginning: RunBeginning, journal: ExchangeJournal,
    questions: PersonAsker
  ) throws {
    trust = Task.detached {
      try UpstreamTLS(
        systemBundle: try SystemRoots.path(sslCertFile: settings.environment["SSL_CERT_FILE"]),
        extraAuthorities: settings.upstream.extraAuthorities)
    }
    ownCode = Task.detached { try CodeIndexPlace(settings.state).search(for: settings) }
    self.settings = settings
    self.installation = installation
    self.beginning = beginning
    self.journal = journal
    self.questions = questions
    job = try JobControl()
    programs = try ProgramBook()
    repository = GitRepository.around(settings.workspace, home: settings.home)
    protected = try ProtectedPlaces(
      settings, run: installation.run.text, runDirectory: installation.runDirectory, repository: repository)
    overlay =
      settings.options.overlays
      ? try OverlayPlace(settings, protected.workspace.protection, runDirectory: installation.runDirectory) : nil
    sources = WorkspaceSources(settings, started: clock.now(), layer: overlay?.upper)
    let names = names
    observations = ObservationRecord(
      interest: FileInterest(home: settings.home, workspace: settings.workspace), name: { names.name(at: $0) })
    facts = RunFacts(
      subject: Subject(pseudonym: installation.pseudonym, run: installation.run),
      place: Question.Place(workspace: settings.workspace, hostname: HostName.current, home: settings.home),
      saltKey: installation.saltKey, clock: clock, isReportOnly: settings.isReportOnly)
  }

  func run() async throws -> RunRecord {
    let started = clock.now()
    let entries = RunEntries(facts)
    _ = try await installation.ledger.append([entries.started(settings)])
    let group = MultiThreadedEventLoopGroup(numberOfThreads: min(2, System.coreCount))
    let outcome: Outcome
    do {
      outcome = try await confined(entries, on: group)
    } catch {
      // Whatever ended it, the ledger knows that it has ended; what was wrong is the user's to read.
      _ = try? await installation.ledger.append([entries.refused(error)])
      if let overlay, overlay.isUntouched { overlay.remove() }
      throw error
    }
    try? await group.shutdownGracefully()
    return record(outcome, started: started)
  }

  /// What is known once the agent has ended and the ledger knows it.
  private struct Outcome {
    let agent: Agent
    let ended: Timestamp
    let confined: ConfinedRun
    let end: AgentEnd
    /// Why the sandbox was ended from outside, where it was.
    let interruption: SandboxError?
    /// What could not be done at the run's end, such as to record it.
    let problem: RunError?
    let changes: [PlacesThatRun.Change]
    let protected: ProtectedSettlement
    let overlay: OverlayReview.Outcome?
    let indexed: IndexedFiles
    /// Whether there was more that runs later than is looked at.
    let isIncomplete: Bool
  }

  private func confined(_ entries: RunEntries, on group: MultiThreadedEventLoopGroup) async throws -> Outcome {
    let chamber = Chamber(engines: engines(try await ownCode.value), run: facts, asker: questions, journal: journal)
    let door = try await openDoor(to: chamber, on: group)
    let before = placesThatRun
    sources.start()
    async let _ = MemoryReturn.repeatedly()
    try beginning.check()
    let confined = try await launch(door)
    // Now that the agent has been started with what it would have had without us.
    Processes.raiseOpenFiles()
    var resolver: ResolverService?
    var problem = await trouble {
      resolver = try await serve(confined, through: door)
      _ = try await installation.ledger.append([entries.attested(confined.attestation)])
    }
    // An agent whose sandbox is not on record, or that nobody serves, does not go on.
    if problem != nil { confined.terminate() }
    let relay = try confined.terminal.map { try AgentTerminal.relay(to: $0) }
    questions.use(relay)
    relay?.start()
    job.start(confined, relay: relay)
    beginning.handOver { job.note($0) }
    let (end, interruption) = await end(of: confined)
    relay?.waitUntilClosed()
    relay?.stop()
    job.stop()
    questions.end()
    // All who may still have something to say to the event loops, which end later.
    resolver?.stop()
    await door.close()
    try? await spoolThreads.shutdownGracefully()
    let indexed = sources.stop()
    settings.policy.notice(
      filesLeftOut: indexed.leftOutCount, examples: indexed.leftOut.map(\.path),
      list: "\(installation.runDirectory)/\(RunStore.reportName)"
    ).map(Notice.say)
    // Before somebody is asked, who may take hours.
    let ended = clock.now()
    let (settlement, review) = settle()
    let after = placesThatRun
    let changes = before.changes(until: after)
    let agent = chamber.known(settings.agent)
    let unwritten = await trouble {
      _ = try await installation.ledger.append(
        [
          entries.observed(
            observations, names: names.asked.count, changes: changes, protected: settlement, overlay: review,
            exchanges: journal.exchanges),
          entries.ended(end, agent: agent, exchanges: journal.exchanges, isInterrupted: interruption != nil),
        ])
    }
    problem = problem ?? unwritten
    return Outcome(
      agent: agent, ended: ended, confined: confined, end: end, interruption: interruption, problem: problem,
      changes: changes, protected: settlement, overlay: review, indexed: indexed,
      isIncomplete: before.isIncomplete || after.isIncomplete || settlement.isIncomplete)
  }

  /// What becomes of the run's changes.
  private func settle() -> (ProtectedSettlement, OverlayReview.Outcome?) {
    let signals = ReviewSignals()
    defer { withExtendedLifetime(signals) {} }
    let interruption = signals?.descriptor ?? -1
    let review = overlay.map {
      OverlayReview(installation.run, $0, askTimeout: settings.policy.askTimeout, interruption: interruption)
    }
    return (protected.settle(interruption: interruption), review?.carryOut())
  }

  /// What kept something from being done; the run goes on to its end with it.
  private func trouble(_ body: () async throws -> Void) async -> RunError? {
    do {
      try await body()
      return nil
    } catch {
      return RunError(any: error)
    }
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
  private func engines(_ ownCode: FingerprintSet?) -> Engines {
    Engines(
      knowledge: settings.knowledge, detectors: installation.detectors, decodingLimits: settings.decodingLimits,
      policy: settings.policy, ledger: installation.ledger,
      placeholders: PlaceholderTable(installation.placeholders.entries), attribution: sources.attribution,
      redactions: installation.redactions, answerDetectors: installation.answerDetectors, ownCode: ownCode)
  }

  private func openDoor(to chamber: Chamber, on group: MultiThreadedEventLoopGroup) async throws -> EgressDoor {
    let tls = try await trust.value
    spoolThreads.start()
    var plan = DoorPlan(
      chamber: chamber,
      serverTLS: ServerTLS(leaves: try LeafCertificates(authority: installation.authority)),
      connector: UpstreamConnector(configuration: settings.upstream, tls: tls),
      limits: settings.limits, spool: SpoolDirectory(path: installation.runDirectory, threads: spoolThreads),
      origin: Origin(agent: settings.agent))
    plan.program = { [programs] in programs.program(numbered: $0) }
    return try await EgressDoor(plan, group: group, names: names)
  }

  private func launch(_ door: EgressDoor) async throws -> ConfinedRun {
    let plan = try sandboxPlan()
    let observations = observations
    let sources = sources
    let job = job
    do throws(SandboxError) {
      return try await ConfinedRun.launch(plan) { event in
        switch event {
        // The connection that asked for this port waits until it is served.
        case .captured(let port):
          for listener in [port.listenerIPv4, port.listenerIPv6] { try? door.serveCapture(on: listener).wait() }
        case .observed(let seen):
          observations.take(seen)
          sources.take(seen)
        case .portsExhausted: break
        case .datagramsRefused(let count): observations.noteRefusedDatagrams(Int(clamping: count))
        case .stopped(let signal): job.agentHasStopped(by: signal)
        }
      }
    } catch {
      throw RunError(error)
    }
  }

  /// - Returns: who answers the sandbox's datagrams, to be stopped.
  private func serve(_ confined: ConfinedRun, through door: EgressDoor) async throws -> ResolverService {
    try await door.serveProxy(on: confined.proxyListener).get()
    for port in confined.captureListeners {
      try await door.serveCapture(on: port.listenerIPv4).get()
      try await door.serveCapture(on: port.listenerIPv6).get()
    }
    let resolver = try ResolverService(confined.resolver) { door.answer(datagram: $0) }
    resolver.start()
    try await door.serveResolver(on: confined.resolver.listenerIPv4).get()
    try await door.serveResolver(on: confined.resolver.listenerIPv6).get()
    return resolver
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
      in: installation.live.path, authority: installation.authority,
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
    plan.scratch = HomeBinds.scratch(of: settings)
    plan.reads = settings.grants.reads
    plan.writes = settings.grants.writes
    if let repository {
      plan.reads += repository.reads
      // An overlay is of the workspace: what git keeps outside of it would be changed at once.
      if overlay == nil { plan.writes += repository.writes } else { plan.reads += repository.writes }
    }
    plan.overlay = overlay.map { SandboxPlan.Overlay(upper: $0.upper, work: $0.work) }
    plan.caBundle = bundle.path
    plan.programBook = programs
    plan.observation = settings.options.observes ? .files : .connections
    plan.allowsNestedSandboxes = settings.options.allowsNestedSandboxes
    plan.protectedInWorkspace = ["sallyport.yaml"] + settings.decidingFiles
    plan.guarded = protected.guarded
    plan.streams = AgentTerminal.streams
    return plan
  }
}

// MARK: What is told of it

extension ConfinedSession {
  private func record(_ outcome: Outcome, started: Timestamp) -> RunRecord {
    var record = RunRecord(
      run: installation.run, agent: outcome.agent, command: settings.options.command,
      workspace: settings.workspace, started: started, ended: outcome.ended, policyFile: settings.policy.file,
      posture: settings.policy.posture, durability: settings.policy.durability,
      layers: outcome.confined.attestation.map { ($0.layer.rawValue, $0.detail) },
      exchanges: journal.exchanges, programs: observations.programs, opened: observations.files,
      isObservationIncomplete: observations.isIncomplete || outcome.isIncomplete,
      attempts: observations.attempts.silent(beside: journal.exchanges),
      datagramsRefused: observations.datagramsRefused,
      namesAsked: AskedNames(names.asked.map { (installation.detectors.masked($0.name), $0.count) }),
      survivors: Int(outcome.end.survivors),
      exitStatus: outcome.end.exitCode,
      ledger: LedgerProof.state(settings, installation, earlier: outcome.problem))
    record.changes = outcome.changes
    record.overlay = outcome.overlay
    record.protected = ProtectedLine.lines(
      outcome.protected, refused: observations.refusals, protected, workspace: settings.workspace)
    record.notLookedAt = protected.notLookedAt(after: outcome.protected)
    record.protectionProblem = outcome.protected.problem
    record.indexed = outcome.indexed
    record.lineCounts = sources.lineCounts(of: journal.exchanges)
    record.interruption = outcome.interruption.map { RunError($0).description }
    return record
  }
}
