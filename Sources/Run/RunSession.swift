internal import Catalog
internal import Confinement
internal import Egress
internal import Enforcement
internal import Evidence
internal import Glibc
internal import Ledger
internal import NIOPosix
internal import Policy
internal import Presentation
internal import Sandbox
internal import Wire

/// One agent's run, from the command line to the bill.
///
/// The way: settle what was asked, open the installation's state, record the run's beginning, lock the agent in, open
/// the door, wait, record the end, write the report. What fails before the agent has started refuses the run; nothing
/// runs with a layer less. What fails after costs only itself: everything else is told.
package enum RunSession {
  package static func run(_ options: RunOptions) async throws(RunError) -> EndedRun {
    Heap.giveBackEarly()
    let beginning = try RunBeginning()
    do throws(RunError) {
      return try await run(options, beginning)
    } catch {
      if error.code == .interrupted { beginning.endProcess() }
      throw error
    }
  }

  private static func run(_ options: RunOptions, _ beginning: RunBeginning) async throws(RunError) -> EndedRun {
    let detectors = EarlyDetectors(options)
    let settings = try RunSettings(options, environment: ProcessEnvironment.current)
    try OwnState.check(settings)
    settings.policy.ownerNotices.forEach(Notice.say)
    let outputs = try RunOutputs(settings)
    let proposal = try ProposalPlace(settings)
    let installation = try await Installation.open(settings, beginning, detectors)
    defer { installation.close() }
    // Once more, since all of the state is there only now, and a link may lead to what was not.
    try OwnState.check(settings)
    let card = RunCard(settings, installation)
    let kept = try KeptRun(card, in: installation.runDirectory)
    beginning.isOnRecord()
    let questions = PersonAsker(settings.policy.askTimeout)
    let journal = ExchangeJournal(archive: ExchangeFile(in: installation.runDirectory))
    let feed = LiveFeed.begin(installation.live.path, card, journal, questions)
    if settings.isReportOnly { Notice.say(Self.reportOnly(settings)) }
    do {
      let session = try ConfinedSession(
        settings, installation, beginning: beginning, journal: journal, questions: questions)
      let record = try await session.run()
      var ended = Bill.present(record, outputs, kept: kept, colour: settings.options.colour)
      ended.proposal = proposal?.propose(after: record)
      feed?.end(with: ended.farewell)
      return ended
    } catch {
      let error = RunError(any: error)
      kept.refuse(error)
      feed?.end(with: FeedMessage.refused(installation.run, error))
      throw error
    }
  }

  private static func reportOnly(_ settings: RunSettings) -> String {
    "observe: NOTHING IS BLOCKED in this run. What \(settings.policy.file) would do is only written down;"
      + " credentials still stay placeholders."
  }
}

extension RunCard {
  fileprivate init(_ settings: RunSettings, _ installation: Installation) {
    self.init(
      run: installation.run, agent: settings.agent, command: settings.options.command, workspace: settings.workspace,
      started: WallClock.system.now(), policyFile: settings.policy.file, posture: settings.policy.posture.rawValue)
  }
}

extension LiveFeed {
  /// A run that cannot be watched is one all the same, and says so.
  fileprivate static func begin(
    _ directory: String, _ card: RunCard, _ journal: ExchangeJournal, _ asker: PersonAsker
  ) -> LiveFeed? {
    do throws(RunError) {
      let first = FeedMessage.run(card, askTimeout: asker.timeout)
      let feed = try LiveFeed(in: directory, first: first, journal: journal, asker: asker)
      feed.start()
      return feed
    } catch {
      Notice.say("sallyport watch cannot see this run: \(error)")
      return nil
    }
  }
}

/// The environment that this process was given.
package enum ProcessEnvironment {
  package static var current: [String: String] {
    var variables: [String: String] = [:]
    var pointer = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      pointer += 1
    }
    return variables
  }
}
