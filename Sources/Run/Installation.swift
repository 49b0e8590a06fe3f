internal import Enforcement
internal import Evidence
internal import Glibc
internal import Inspection
internal import Ledger
internal import Policy
internal import Presentation
internal import Wire

/// What one installation owns and a run borrows: authority, keys, ledger, compiled detectors.
struct Installation: Sendable {
  let run: RunID
  let runDirectory: String
  let live: LiveDirectory
  let authority: CertificateAuthority
  let ledger: TransparencyLog
  let ledgerKey: LedgerKey
  let detectors: DetectorSet
  /// Those that answers are looked at with.
  let answerDetectors: DetectorSet?
  let placeholders: CredentialPlaceholders
  let saltKey: Secret<[UInt8]>
  let pseudonym: String
  /// `nil` where what is taken out is never put back.
  let redactions: RedactionMapping?

  /// - Throws: ``RunError`` with `.state`, `.ledger` or `.configuration`.
  static func open(
    _ settings: RunSettings, _ beginning: RunBeginning, _ early: EarlyDetectors?
  ) async throws(RunError) -> Installation {
    var random = SystemRandomNumberGenerator()
    let run = RunID.random(using: &random)
    let state = settings.state
    let runDirectory = state.run(run.text)
    // The ledger first: where it refuses, nothing else may have been written.
    try StateDirectory.make(state.path)
    let (ledger, key) = try Self.ledger(settings)
    for directory in [state.keys, state.cache, state.runs] { try StateDirectory.make(directory) }
    try beginning.make(runDirectory) { () throws(RunError) in try StateDirectory.make(runDirectory) }
    do throws(RunError) {
      return try await open(settings, run, beginning, early, ledger: (ledger, key))
    } catch {
      // Nothing is told of a run that has not begun.
      unlink("\(runDirectory)/\(saltName)")
      rmdir(runDirectory)
      throw error
    }
  }

  private static let saltName = "salt.key"

  private static func open(
    _ settings: RunSettings, _ run: RunID, _ beginning: RunBeginning, _ early: EarlyDetectors?,
    ledger: (log: TransparencyLog, key: LedgerKey)
  ) async throws(RunError) -> Installation {
    var random = SystemRandomNumberGenerator()
    let state = settings.state
    let runDirectory = state.run(run.text)
    let placeholders = try CredentialPlaceholders(settings, random: &random)
    let source = DetectorSource(
      catalogDirectories: settings.catalogDirectories, state: state,
      terminal: Terminal(
        fileDescriptor: 2, environment: ProcessEnvironment.current, colour: settings.options.colour))
    let live = try LiveDirectory(in: state.live, run: run.text, beginning)
    let authority = try Self.authority(state)
    let compiled: DetectorSource.OfRun
    if let kept = await early?.value(for: source) { compiled = kept } else { compiled = try source.ofRun() }
    let detectors = try source.detectors(
      compiled.detectors, canaries: placeholders.entries.map { Array($0.placeholder.utf8) },
      planted: CanaryStore(state).canaries())
    let answerDetectors = try source.answerDetectors(compiled.answers, as: detectors)
    // Their many parts would be taken apart one by one, right before the process ends.
    for lasting in [detectors, answerDetectors] { _ = lasting.map(Unmanaged.passRetained) }
    return Installation(
      run: run, runDirectory: runDirectory, live: live,
      authority: authority, ledger: ledger.log, ledgerKey: ledger.key,
      detectors: detectors, answerDetectors: answerDetectors,
      placeholders: placeholders,
      saltKey: Secret(try KeyFile.loadOrCreate("\(runDirectory)/\(saltName)")), pseudonym: try Self.pseudonym(state),
      redactions: try Self.redactions(settings, run))
  }

  private static func redactions(_ settings: RunSettings, _ run: RunID) throws(RunError) -> RedactionMapping? {
    let redaction = settings.policy.redaction
    guard redaction.restores else { return nil }
    return try RedactionVault(settings.state).mapping(
      for: run, now: WallClock.system.now(), keep: redaction.keep > .zero ? redaction.keep : nil)
  }

  /// Publishes what is left of the ledger, and removes what was needed only while the run lived; a failure was told to
  /// whoever waited for an entry.
  func close() {
    try? ledger.close()
    live.remove()
  }

  private static func authority(_ state: StateDirectory) throws(RunError) -> CertificateAuthority {
    do throws(WireError) {
      return try CertificateAuthority.loadOrCreate(at: state.authority)
    } catch {
      throw RunError(.state, at: error.place, error.sentence, remedy: error.remedy)
    }
  }

  private static func ledger(_ settings: RunSettings) throws(RunError) -> (TransparencyLog, LedgerKey) {
    do throws(LedgerError) {
      let opened = try settings.state.ledgerHome.open(settings.policy.durability == .disk ? .disk : .process)
      return (opened.log, opened.key)
    } catch {
      throw RunError(error)
    }
  }

  /// A random name for the person behind the runs of this installation; deleting the file forgets them.
  private static func pseudonym(_ state: StateDirectory) throws(RunError) -> String {
    let bytes = try KeyFile.loadOrCreate("\(state.keys)/pseudonym")
    return "s_" + bytes.prefix(8).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
