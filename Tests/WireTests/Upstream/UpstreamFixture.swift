internal import Evidence
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

@testable internal import Wire

/// An authority, a server certificate for any name, and clients that trust it.
final class UpstreamFixture: Sendable {
  let directory: TemporaryDirectory
  let authority: CertificateAuthority
  let leaves: LeafCertificates
  let serverTLS: ServerTLS
  let group = MultiThreadedEventLoopGroup.singleton

  convenience init() throws {
    let directory = try TemporaryDirectory()
    try self.init(directory, CertificateAuthority.loadOrCreate(at: "\(directory.path)/authority"), clock: .system)
  }

  private init(_ directory: TemporaryDirectory, _ authority: CertificateAuthority, clock: WallClock) throws {
    self.directory = directory
    self.authority = authority
    leaves = try LeafCertificates(authority: authority, clock: clock)
    serverTLS = ServerTLS(leaves: leaves, clock: clock)
  }

  /// Servers of the same authority that live at another time.
  static func sharing(_ other: UpstreamFixture, clock now: Timestamp) throws -> UpstreamFixture {
    try UpstreamFixture(other.directory, other.authority, clock: WallClock { now })
  }

  func connector(
    connectTo: [String] = [], trustsAuthority: Bool = true, grants: [String] = ["127.0.0.0/8", "::1"],
    resolver: any AddressResolver = SystemResolver(), _ configure: (inout UpstreamConfiguration) -> Void = { _ in }
  ) throws -> UpstreamConnector {
    var configuration = UpstreamConfiguration()
    configuration.connectTo = try connectTo.map { try ConnectTo.parse($0) }
    configuration.grantedPrivate = try grants.map { try AddressGrant.parse($0) }
    configure(&configuration)
    let other = try CertificateAuthority(certificatePath: "", now: WallClock.system.now())
    let strange = try directory.file("strange.pem", other.certificatePEM)
    let tls = try UpstreamTLS(
      systemBundle: strange, extraAuthorities: trustsAuthority ? [authority.certificatePath] : [])
    return UpstreamConnector(configuration: configuration, tls: tls, resolver: resolver)
  }

  /// A pool whose every destination is `server`.
  func client(
    to server: LoopbackServer, _ configure: (inout UpstreamConfiguration) -> Void = { _ in }
  ) async throws -> PoolClient {
    try await PoolClient(connector(connectTo: ["::\(server.connectTo)"], configure), on: group.next())
  }
}

/// A pool, used from a test's task.
final class PoolClient: Sendable {
  let loop: any EventLoop
  private let pool: NIOLoopBound<UpstreamPool>

  init(_ connector: UpstreamConnector, on loop: any EventLoop) async throws {
    self.loop = loop
    pool = try await loop.submit {
      NIOLoopBound(UpstreamPool(connector: connector, loop: loop), eventLoop: loop)
    }.get()
  }

  func lease(
    _ host: String = "server.test", scheme: String = "http", wantsHTTP2: Bool = false, isDedicated: Bool = false
  ) async throws -> ClientStream {
    let recorder = RecordingDelegate()
    let (pool, loop) = (pool, loop)
    let stream = try await loop.flatSubmit {
      pool.value.lease(
        to: Destination(host: host, port: scheme == "https" ? 443 : 80), scheme: scheme, wantsHTTP2: wantsHTTP2,
        isDedicated: isDedicated, delegate: recorder
      ).assumeIsolated().map { NIOLoopBound($0, eventLoop: loop) }.nonisolated()
    }.get()
    return ClientStream(stream, recorder: recorder, loop: loop)
  }

  /// A whole exchange without a body.
  func get(
    _ target: String = "/", host: String = "server.test", scheme: String = "http", wantsHTTP2: Bool = false
  ) async throws -> ClientStream.Answer {
    let stream = try await lease(host, scheme: scheme, wantsHTTP2: wantsHTTP2)
    try await stream.perform { stream in
      stream.send(head: RequestHead(method: "GET", target: target, authority: host), framing: .none)
      stream.end(trailers: [])
    }
    return try await stream.answer()
  }

  func connectionCount() async throws -> Int {
    let pool = pool
    return try await loop.submit { pool.value.connectionCount }.get()
  }

  func shutdown() async throws {
    let pool = pool
    try await loop.flatSubmit { pool.value.shutdown() }.get()
  }
}
