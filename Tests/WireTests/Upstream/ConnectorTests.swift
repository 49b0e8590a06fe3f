internal import Evidence
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization
internal import Testing

@testable internal import Wire

/// Answers with its addresses in turn, whatever is asked; the last one stays.
final class ScriptedResolver: AddressResolver {
  private let answers: Mutex<[[String]]>
  private let questions = Mutex(0)

  init(_ answers: [[String]]) {
    self.answers = Mutex(answers)
  }

  var count: Int { questions.withLock { $0 } }

  func addresses(of host: String, port: UInt16, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
    questions.withLock { $0 += 1 }
    let texts = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? [] }
    return loop.makeCompletedFuture { try texts.map { try SocketAddress(ipAddress: $0, port: Int(port)) } }
  }
}

@Suite("The connector", .timeLimit(.minutes(1)))
struct ConnectorTests {
  let fixture: UpstreamFixture

  init() throws {
    fixture = try UpstreamFixture()
  }

  private func connect(
    _ connector: UpstreamConnector, _ host: String, _ port: Int, protocols: [String]? = nil, as name: String? = nil
  ) async throws -> UpstreamConnection {
    let options = protocols.map { TLSOptions(serverName: name ?? host, protocols: $0) }
    let destination = Destination(host: host, port: UInt16(port))
    let connection = try await connector.connect(to: destination, tls: options, on: fixture.group.next()).get()
    connection.channel.close(promise: nil)
    return connection
  }

  private func tlsServer(
    for host: String, protocols: [String] = [], fixture other: UpstreamFixture? = nil
  ) async throws -> LoopbackServer {
    try await LoopbackServer(tls: (other ?? fixture).serverTLS.context(for: host, protocols: protocols)) { _, _ in }
  }

  @Test("refuses a private address, names it and says how to allow it; a grant allows it")
  func privateRefused() async throws {
    let server = try await LoopbackServer { _, _ in }
    let strict = try fixture.connector(grants: [])
    for host in ["127.0.0.1", "localhost"] {
      let error = await #expect(throws: WireError.self) { try await connect(strict, host, server.port) }
      #expect(error?.code == .addressRefused)
      #expect(error?.sentence.contains("loopback address of this machine") == true)
    }
    #expect(server.connections == 0)
    let granted = try await connect(fixture.connector(grants: ["127.0.0.1"]), "127.0.0.1", server.port)
    #expect(granted.remoteAddress == "127.0.0.1:\(server.port)")
  }

  @Test(
    "refuses other spellings of a private address",
    arguments: ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", "::ffff:127.0.0.1"])
  func spellings(host: String) async throws {
    let server = try await LoopbackServer { _, _ in }
    let error = await #expect(throws: WireError.self) {
      try await connect(fixture.connector(grants: []), host, server.port)
    }
    #expect(error?.code == .addressRefused)
    #expect(server.connections == 0)
  }

  @Test("asks for a name's addresses once per connection, so one that changes its mind gains nothing")
  func rebinding() async throws {
    let server = try await LoopbackServer { _, _ in }
    let resolver = ScriptedResolver([["192.0.0.9", "127.0.0.1"], ["127.0.0.1"]])
    let connector = try fixture.connector(grants: [], resolver: resolver)
    let error = await #expect(throws: WireError.self) { try await connect(connector, "rebind.test", server.port) }
    #expect(error?.code == .addressRefused)
    #expect(resolver.count == 1)
    await #expect(throws: WireError.self) { try await connect(connector, "rebind.test", server.port) }
    #expect(resolver.count == 2)
    #expect(server.connections == 0)
  }

  @Test("passes over refused addresses to one that is allowed, and over dead ones to one that answers")
  func nextAddress() async throws {
    let server = try await LoopbackServer { _, _ in }
    // Nothing listens on 127.0.0.2 at this port; 10.0.0.1 is refused before anything is sent.
    let resolver = ScriptedResolver([["10.0.0.1", "127.0.0.2", "127.0.0.1"]])
    let connector = try fixture.connector(resolver: resolver)
    let connection = try await connect(connector, "many.test", server.port)
    #expect(connection.remoteAddress == "127.0.0.1:\(server.port)")
  }

  @Test("goes where --connect-to says, to an address or a Unix socket, which it thereby grants")
  func connectTo() async throws {
    let server = try await LoopbackServer { _, _ in }
    let socket = "\(fixture.directory.path)/server.sock"
    let local = try await LoopbackServer(unixSocket: socket) { _, _ in }
    let connector = try fixture.connector(
      connectTo: ["a.test:443:127.0.0.1:\(server.port)", "b.test:443:\(socket)", "c.test:443:unix:\(socket)"],
      grants: [])
    #expect(try await connect(connector, "a.test", 443).remoteAddress == "127.0.0.1:\(server.port)")
    #expect(try await connect(connector, "b.test", 443).remoteAddress == "unix:\(socket)")
    #expect(try await connect(connector, "c.test", 443).remoteAddress == "unix:\(socket)")
    withExtendedLifetime(local) {}
  }

  @Test("does not grant an address because only the port was sent elsewhere")
  func connectToPortOnly() async throws {
    let server = try await LoopbackServer { _, _ in }
    let connector = try fixture.connector(connectTo: [":443::\(server.port)"], grants: [])
    let error = await #expect(throws: WireError.self) { try await connect(connector, "127.0.0.1", 443) }
    #expect(error?.code == .addressRefused)
  }

  @Test("says in a sentence that nobody listens, or that a name is unknown")
  func failures() async throws {
    let server = try await LoopbackServer { _, _ in }
    let refused = await #expect(throws: WireError.self) {
      try await connect(fixture.connector(), "127.0.0.3", server.port)
    }
    #expect(refused?.code == .connectFailed)
    #expect(refused?.sentence.contains("connection refused") == true)
    let unknown = await #expect(throws: WireError.self) {
      try await connect(fixture.connector(resolver: ScriptedResolver([[]])), "unknown.test", 443)
    }
    #expect(unknown?.code == .nameUnresolved)
  }

  @Test("agrees on the protocol that both sides speak")
  func alpn() async throws {
    for (offered, spoken, agreed) in [
      (["h2", "http/1.1"], ["h2", "http/1.1"], "h2"), (["h2", "http/1.1"], ["http/1.1"], "http/1.1"),
      (["http/1.1"], ["h2", "http/1.1"], "http/1.1"), (["h2", "http/1.1"], [], nil),
    ] {
      let server = try await tlsServer(for: "good.test", protocols: spoken)
      let connector = try fixture.connector(connectTo: ["::\(server.connectTo)"])
      #expect(try await connect(connector, "good.test", 443, protocols: offered).negotiatedProtocol == agreed)
    }
  }

  @Test("accepts the certificate of an address for that address, over a Unix socket too")
  func addressCertificate() async throws {
    let socket = "\(fixture.directory.path)/tls.sock"
    let server = try await LoopbackServer(
      tls: fixture.serverTLS.context(for: "192.0.2.7", protocols: []), unixSocket: socket
    ) { _, _ in }
    let connector = try fixture.connector(connectTo: ["::\(server.connectTo)"])
    _ = try await connect(connector, "192.0.2.7", 443, protocols: [])
    let error = await #expect(throws: WireError.self) { try await connect(connector, "192.0.2.8", 443, protocols: []) }
    #expect(error?.code == .certificateNameMismatch)
  }

  @Test("refuses a certificate for another name, also one for the very address it is connected to")
  func nameMismatch() async throws {
    for certified in ["other.test", "127.0.0.1"] {
      let server = try await tlsServer(for: certified)
      let connector = try fixture.connector(connectTo: ["::\(server.connectTo)"])
      let error = await #expect(throws: WireError.self) {
        try await connect(connector, "wanted.test", 443, protocols: [])
      }
      #expect(error?.code == .certificateNameMismatch)
      #expect(error?.sentence.contains(certified) == true)
    }
  }

  @Test("refuses an expired certificate and says for how long it has been one")
  func expired() async throws {
    let now = WallClock.system.now()
    let past = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch - 10 * 86_400_000)
    let server = try await tlsServer(for: "old.test", fixture: UpstreamFixture.sharing(fixture, clock: past))
    let connector = try fixture.connector(connectTo: ["::\(server.connectTo)"])
    let error = await #expect(throws: WireError.self) { try await connect(connector, "old.test", 443, protocols: []) }
    #expect(error?.code == .certificateExpired)
    #expect(error?.sentence.contains("expired 8 days ago") == true)
  }

  @Test("refuses a certificate that nobody trusted has signed, and names the option for one's own authority")
  func unknownAuthority() async throws {
    let server = try await tlsServer(for: "good.test")
    let connector = try fixture.connector(connectTo: ["::\(server.connectTo)"], trustsAuthority: false)
    let error = await #expect(throws: WireError.self) { try await connect(connector, "good.test", 443, protocols: []) }
    #expect(error?.code == .certificateUnknownAuthority)
    #expect(error?.remedy.contains("--upstream-ca") == true)
  }

  @Test("refuses a server that speaks no TLS, and one that closes")
  func noTLS() async throws {
    let plain = try await LoopbackServer { channel, number in
      try channel.pipeline.syncOperations.addHandler(GreetingServer("220 mail.test ESMTP ready and waiting\r\n"))
    }
    let closing = try await LoopbackServer { channel, _ in channel.close(promise: nil) }
    for server in [plain, closing] {
      let connector = try fixture.connector(connectTo: ["::\(server.connectTo)"])
      let error = await #expect(throws: WireError.self) { try await connect(connector, "a.test", 443, protocols: []) }
      #expect(error?.code == .handshakeFailed || error?.code == .connectionLost)
    }
  }

  @Test("refuses TLS older than 1.2, as client and as server")
  func oldTLS() async throws {
    let leaf = try fixture.leaves.leaf(for: LeafName("old.test"))
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(leaf.certificate)], privateKey: .privateKey(fixture.leaves.key))
    configuration.minimumTLSVersion = .tlsv1
    configuration.maximumTLSVersion = .tlsv11
    let server = try await LoopbackServer(tls: NIOSSLContext(configuration: configuration)) { _, _ in }
    let connector = try fixture.connector(connectTo: ["::\(server.connectTo)"])
    let error = await #expect(throws: WireError.self) { try await connect(connector, "old.test", 443, protocols: []) }
    #expect(error?.code == .handshakeFailed)
    #expect(try fixture.serverTLS.context(for: "a.test", protocols: []).configuration.minimumTLSVersion == .tlsv12)
  }
}

/// Speaks first, and not TLS.
final class GreetingServer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let greeting: String

  init(_ greeting: String) {
    self.greeting = greeting
  }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: greeting)), promise: nil)
  }
}
