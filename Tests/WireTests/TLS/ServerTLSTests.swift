internal import Evidence
internal import Glibc
internal import NIOSSL
internal import Testing

@testable internal import Wire

@Suite("TLS towards clients", .timeLimit(.minutes(1)))
struct ServerTLSTests {
  let fixture: UpstreamFixture

  init() throws {
    fixture = try UpstreamFixture()
  }

  @Test("has one context per host and list of protocols, until its leaf grows stale")
  func cache() throws {
    let clock = SettableClock(WallClock.system.now())
    let leaves = try LeafCertificates(authority: fixture.authority, clock: clock.clock)
    let tls = ServerTLS(leaves: leaves, clock: clock.clock)
    let first = try tls.context(for: "a.test", protocols: ["h2", "http/1.1"])
    #expect(try tls.context(for: "A.test", protocols: ["h2", "http/1.1"]) === first)
    #expect(try tls.context(for: "a.test", protocols: ["http/1.1"]) !== first)
    #expect(try tls.context(for: "b.test", protocols: ["h2", "http/1.1"]) !== first)
    clock.set(clock.clock.now().adding(hours: TLSLimits.leafReuseHours + 1))
    #expect(try tls.context(for: "a.test", protocols: ["h2", "http/1.1"]) !== first)
    #expect(throws: WireError.self) { try tls.context(for: "*.test", protocols: []) }
  }

  @Test(
    "satisfies OpenSSL, and resumes a session from its ticket",
    .enabled(if: access("/usr/bin/openssl", X_OK) == 0, "openssl is not installed"))
  func openssl() async throws {
    let server = try await LoopbackServer(tls: fixture.serverTLS.context(for: "a.test", protocols: ["h2"])) { _, _ in }
    let command =
      "/usr/bin/openssl s_client -connect 127.0.0.1:\(server.port) -servername a.test -verify_hostname a.test"
      + " -verify_return_error -x509_strict -CAfile '\(fixture.authority.certificatePath)' -alpn h2 -tls1_2 -reconnect"
      + " </dev/null 2>&1"
    let output = try shell(command)
    #expect(output.contains("Verify return code: 0 (ok)"))
    #expect(output.contains("ALPN protocol: h2"))
    #expect(output.occurrences(of: "Reused, TLSv1.2") == 5)
  }

  private func shell(_ command: String) throws -> String {
    guard let pipe = popen(command, "r") else { throw TemporaryDirectory.Failure(errno: errno) }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// How often `part` occurs.
  fileprivate func occurrences(of part: String) -> Int { ranges(of: part).count }
}
