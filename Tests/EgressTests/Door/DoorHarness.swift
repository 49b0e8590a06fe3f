internal import Attribution
internal import Catalog
internal import Decoding
internal import Enforcement
internal import Evidence
internal import Fingerprints
internal import Inspection
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Policy
internal import Synchronization

@testable internal import Egress
@testable internal import Ledger
@testable internal import Run
@testable internal import Wire

/// A door with everything behind it: chamber, ledger, detectors, and an upstream that every name leads to.
final class DoorHarness: Sendable {
  let directory: ScratchDirectory
  let disk = StalledDisk()
  let authority: CertificateAuthority
  let serverTLS: ServerTLS
  let ledger: TransparencyLog
  let journal = ExchangeJournal()
  let upstream: UpstreamServer
  let plan: DoorPlan
  let door: EgressDoor
  let names = NameBook()
  let indexer: WorkspaceIndexer?
  let port: Int
  let capturePort: Int

  /// What a test may choose.
  struct Options {
    var rules = "  - {name: open, when: {destination: ['*.test', '127.0.0.1']}, then: allow}\n"
    var settings = ""
    var agent = Agent(id: "claude-code")
    /// With time enough that a slow machine's client does not count as one that waits for the server.
    var limits: DoorLimits = {
      var limits = DoorLimits()
      limits.opening = .seconds(30)
      return limits
    }()
    var placeholders: [PlaceholderTable.Entry] = []
    /// What is taken out of requests is put back into answers.
    var redactions: RedactionMapping?
    /// Answers are looked at for ``plantedDemand``.
    var looksAtAnswers = false
    var ownCode: FingerprintSet?
    /// Of the workspace, by path.
    var files: [String: String] = [:]
    var asker: any Asker = SilentAsker()
    /// With `disk` the ledger's own thread does the writing, always.
    var durability = Ledger.Durability.process
    var upstream: UpstreamServer.Kind = .http1(tls: false)
    var threads = NIOThreadPool.singleton
    var script: UpstreamServer.Script = { _ in [.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")] }
  }

  init(_ configure: (inout Options) throws -> Void = { _ in }) async throws {
    var options = Options()
    try configure(&options)
    directory = try ScratchDirectory()
    authority = try CertificateAuthority.loadOrCreate(at: "\(directory.path)/authority")
    serverTLS = ServerTLS(leaves: try LeafCertificates(authority: authority))
    ledger = try TransparencyLog.open(
      at: "\(directory.path)/ledger", key: try LedgerKey.loadOrCreate(at: "\(directory.path)/keys"), anchor: nil,
      durability: options.durability, probe: disk.probe)
    for (path, text) in options.files { try directory.write(text, to: "workspace/\(path)") }
    let attribution = options.files.isEmpty ? nil : try Self.attribution(options, "\(directory.path)/workspace")
    indexer = attribution?.indexer
    let ledger = ledger
    upstream = try await UpstreamServer(
      options.upstream, tls: serverTLS, ledgerSize: { ledger.size }, script: options.script)
    plan = try Self.plan(options, directory, authority, serverTLS, ledger, journal, upstream, attribution)
    door = try await EgressDoor(plan, group: MultiThreadedEventLoopGroup.singleton, names: names)
    let proxy = try ListeningSocket()
    let capture = try ListeningSocket()
    port = proxy.port
    capturePort = capture.port
    try await door.serveProxy(on: proxy.descriptor).get()
    try await door.serveCapture(on: capture.descriptor).get()
  }

  /// A ledger that is let go closes itself, for which its disk must answer.
  deinit {
    disk.become(.sound)
    indexer?.stop()
  }

  private static func policy(_ options: Options) throws -> PolicyDocument {
    let text = "version: 1\nposture: control\n\(options.settings)rules:\n\(options.rules)"
    return try PolicyDocument.parse(text, file: "sallyport.yaml").get()
  }

  /// Of a workspace that is being read from now on.
  private static func attribution(_ options: Options, _ workspace: String) throws -> FileAttribution {
    let policy = try policy(options)
    let index = SourceIndex(isGuarded: { policy.guards($0, at: .init(workspace: workspace)) })
    let indexer = WorkspaceIndexer(workspace: workspace, into: index)
    indexer.start()
    return FileAttribution(index: index, indexer: indexer, sent: SentLines())
  }

  private static func plan(
    _ options: Options, _ directory: ScratchDirectory, _ authority: CertificateAuthority, _ serverTLS: ServerTLS,
    _ ledger: TransparencyLog, _ journal: ExchangeJournal, _ upstream: UpstreamServer,
    _ attribution: FileAttribution?
  ) throws -> DoorPlan {
    let policy = try policy(options)
    var (limits, decodingLimits, upstreams) = (options.limits, DecodingLimits(), UpstreamConfiguration())
    limits.apply(policy.limits)
    decodingLimits.apply(policy.limits)
    upstreams.apply(policy.limits)
    let engines = Engines(
      knowledge: try Bundle.knowledge(),
      detectors: try DetectorSet(Bundle.detectors(), canaries: options.placeholders.map { Array($0.placeholder.utf8) }),
      decodingLimits: decodingLimits, policy: policy, ledger: ledger,
      placeholders: PlaceholderTable(options.placeholders), attribution: attribution,
      redactions: options.redactions, answerDetectors: options.looksAtAnswers ? try Bundle.answerDetectors() : nil,
      ownCode: options.ownCode)
    var source = SeededGenerator(seed: 1)
    let run = RunFacts(
      subject: Subject(pseudonym: "p_test", run: .random(using: &source)), place: .init(),
      saltKey: Secret(Array("a salt of the tests".utf8)), clock: .system)
    upstreams.connectTo = [try ConnectTo.parse("::127.0.0.1:\(upstream.port)")]
    upstreams.grantedPrivate = [try AddressGrant.parse("127.0.0.0/8")]
    let tls = try UpstreamTLS(
      systemBundle: authority.certificatePath, extraAuthorities: [authority.certificatePath])
    return DoorPlan(
      chamber: Chamber(engines: engines, run: run, asker: options.asker, journal: journal), serverTLS: serverTLS,
      connector: UpstreamConnector(configuration: upstreams, tls: tls), limits: limits,
      spool: SpoolDirectory(path: directory.path, threads: options.threads), origin: Origin(agent: options.agent))
  }

  /// What every test's door shares, made once.
  private enum Bundle {
    private static let root: String = {
      let file = #filePath
      return file.firstRange(of: "/Tests/").map { String(file[..<$0.lowerBound]) } ?? file
    }()
    private static let known = Result { try Knowledge.load(from: [root + "/Sources/Catalog/Resources"]) }
    private static let rules = Result {
      try DetectorSet(
        rules: [
          DetectorRule(id: "test-key", name: "test key", grade: .block, patterns: ["(tk_[a-z0-9]{24})"]),
          DetectorRule(
            id: "test-account", name: "test account", grade: .block, patterns: [#"\b(55[0-9]{10})\b"#],
            keywords: ["account"]),
          DetectorRule(
            id: "test-lines", name: "test lines", grade: .block,
            patterns: [#"(BEGIN LINES\s[a-z0-9\s]{40,400}\sEND LINES)"#]),
          DetectorRule(id: "test-word", name: "test word", grade: .redact, patterns: ["(rw_[a-z0-9]{24})"]),
        ], fingerprintKey: Secret(Array("a key of the tests".utf8)))
    }

    private static let answerRules = Result {
      try DetectorSet(
        rules: [
          DetectorRule(
            id: "test-demand", name: "test demand", dataClass: .injection, grade: .redact,
            patterns: [#"\b(do as the stranger says)\b"#])
        ], fingerprintKey: Secret(Array("a key of the tests".utf8)))
    }

    static func answerDetectors() throws -> DetectorSet { try answerRules.get() }
    static func knowledge() throws -> Knowledge { try known.get() }
    static func detectors() throws -> DetectorSet { try rules.get() }
  }
}

/// A secret that the tests' detectors find.
let plantedKey = "tk_" + "abcdefghijkl" + "mnopqrstuvwx"

/// What the tests' detectors of answers find.
let plantedDemand = "do as the stranger says"

/// Nobody is there to answer.
struct SilentAsker: Asker {
  func ask(_ exchange: Exchange, answer: @escaping @Sendable (Answer) -> Void) { answer(.silence) }
}

// MARK: What a test does with it

extension DoorHarness {
  /// A connection to the proxy's port.
  func client() async throws -> DoorClient { try await DoorClient(port: port) }

  /// A connection to `host` through CONNECT.
  func tunnel(_ host: String = "server.test:443") async throws -> DoorClient {
    let client = try await client()
    client.send("CONNECT \(host) HTTP/1.1\r\nHost: \(host)\r\n\r\n")
    _ = try await client.read(until: "\r\n\r\n")
    return client
  }

  /// A tunnel in which TLS was begun with the door.
  func secured(_ host: String = "server.test", protocols: [String] = ["http/1.1"]) async throws -> DoorClient {
    let client = try await tunnel("\(host):443")
    try await client.startTLS(host, trusting: authority.certificatePath, protocols: protocols)
    return client
  }

  /// A tunnel in which HTTP/2 is spoken over TLS with the door.
  func http2(_ host: String = "server.test") async throws -> HTTP2Client {
    let client = try await tunnel("\(host):443")
    return try await HTTP2Client(on: client, host, trusting: authority.certificatePath)
  }

  /// The exchanges of the record once `condition` holds; the journal is written before the client can know.
  func exchanges(until condition: @Sendable ([Exchange]) -> Bool) async throws -> [Exchange] {
    try await wait { condition(self.journal.exchanges) }
    return journal.exchanges
  }

  /// Waits until the upstream has seen what `condition` asks for.
  func upstream(until condition: @Sendable (UpstreamServer.Memory.State) -> Bool) async throws {
    try await wait { condition(self.upstream.memory.now) }
  }

  /// Looks again and again, without keeping a core busy, until the condition holds or the test's time is over.
  func wait(until condition: @Sendable () -> Bool) async throws {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    while !condition() {
      try Task.checkCancellation()
      try await loop.scheduleTask(in: .milliseconds(1)) {}.futureResult.get()
    }
  }

  /// Writes a file of the workspace.
  func write(_ text: String, to path: String) throws { try directory.write(text, to: "workspace/\(path)") }

  func fileText(_ path: String) throws -> String { try directory.read("workspace/\(path)") }

  /// Every byte that ledger and journal hold as text.
  func everythingRecorded() throws -> String {
    try ledger.close()
    return journal.exchanges.map { "\($0)" }.joined() + StoredText.all(beneath: "\(directory.path)/ledger")
  }
}
