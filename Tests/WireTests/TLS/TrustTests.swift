internal import Evidence
internal import Glibc
internal import Testing

@testable internal import Wire

@Suite("The trust bundle")
struct TrustTests {
  let directory: TemporaryDirectory
  let authority: CertificateAuthority
  let other: CertificateAuthority

  init() throws {
    directory = try TemporaryDirectory()
    authority = try CertificateAuthority(certificatePath: "", now: WallClock.system.now())
    other = try CertificateAuthority(certificatePath: "", now: WallClock.system.now())
  }

  @Test("holds the system's roots, the user's and ours, readable by all")
  func merged() throws {
    let system = try directory.file("system.pem", other.certificatePEM)
    let bundle = try TrustBundle(in: directory.path, authority: authority, systemBundle: system)
    #expect(TemporaryDirectory.mode(bundle.path) == 0o644)
    #expect(directory.text("trust.pem").contains(authority.certificatePEM))
    #expect(directory.text("trust.pem").contains(other.certificatePEM))
    #expect(try SystemRoots.certificates(at: bundle.path).count == 2)
  }

  @Test("that cannot be written is the machine's fault, not that of a file somebody configured")
  func unwritable() throws {
    let system = try directory.file("system.pem", other.certificatePEM)
    let error = #expect(throws: WireError.self) {
      try TrustBundle(in: "\(directory.path)/gone", authority: authority, systemBundle: system)
    }
    #expect(error?.code == .bundleUnwritable)
  }

  @Test("takes the system's roots from SSL_CERT_FILE, else from the first place that has them")
  func places() throws {
    let file = try directory.file("a.pem", other.certificatePEM)
    #expect(try SystemRoots.path(sslCertFile: file, places: []) == file)
    #expect(try SystemRoots.path(sslCertFile: "", places: ["/nowhere", file]) == file)
    #expect(throws: WireError.self) { try SystemRoots.path(sslCertFile: "/nowhere", places: [file]) }
    let none = #expect(throws: WireError.self) { try SystemRoots.path(sslCertFile: nil, places: ["/nowhere"]) }
    #expect(none?.remedy.contains("ca-certificates") == true)
  }

  @Test("leaves out what cannot be understood, and refuses a file without any certificate")
  func brokenBundles() throws {
    let junk = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    let mixed = try directory.file("mixed.pem", "# text\n\(junk)\(other.certificatePEM)")
    #expect(try SystemRoots.certificates(at: mixed).count == 1)
    let broken = try directory.file("broken.pem", junk)
    #expect(throws: WireError.self) { try SystemRoots.certificates(at: broken) }
    let empty = try directory.file("empty.pem", "")
    #expect(throws: WireError.self) { try UpstreamTLS(systemBundle: nil, extraAuthorities: [empty]) }
    #expect(throws: WireError.self) { try UpstreamTLS(systemBundle: nil, extraAuthorities: ["/nowhere"]) }
  }
}

@Suite("A server's identity")
struct ServerIdentityTests {
  struct Case: CustomTestStringConvertible {
    let host: String
    let pattern: String
    let matches: Bool
    var testDescription: String { "\(host) against \(pattern)" }
  }

  static let cases = [
    Case(host: "example.com", pattern: "example.com", matches: true),
    Case(host: "example.com", pattern: "EXAMPLE.com.", matches: true),
    Case(host: "example.com", pattern: "example.org", matches: false),
    Case(host: "a.example.com", pattern: "*.example.com", matches: true),
    Case(host: "a.b.example.com", pattern: "*.example.com", matches: false),
    Case(host: "example.com", pattern: "*.example.com", matches: false),
    Case(host: ".example.com", pattern: "*.example.com", matches: false),
    Case(host: "a.example.com", pattern: "a*.example.com", matches: false),
    Case(host: "a.example.com", pattern: "*.*.com", matches: false),
    Case(host: "a.example.com", pattern: "*", matches: false),
    Case(host: "example.com", pattern: "*.com", matches: false),
    Case(host: "example.com", pattern: "", matches: false),
  ]

  @Test("is compared as RFC 9525 says", arguments: cases)
  func comparison(_ c: Case) {
    #expect(ServerIdentity.matches(c.host, pattern: c.pattern) == c.matches)
  }

  @Test("of an address is never that of a name, nor the other way")
  func kinds() throws {
    let authority = try CertificateAuthority(certificatePath: "", now: WallClock.system.now())
    let leaves = try LeafCertificates(authority: authority)
    let address = try leaves.leaf(for: LeafName("192.0.2.7")).certificate
    let name = try leaves.leaf(for: LeafName("a.example")).certificate
    #expect(ServerIdentity(host: "192.0.2.7").mismatch(in: address) == nil)
    #expect(ServerIdentity(host: "192.0.2.8").mismatch(in: address) == "192.0.2.7")
    #expect(ServerIdentity(host: "a.example").mismatch(in: address) == "192.0.2.7")
    #expect(ServerIdentity(host: "192.0.2.7").mismatch(in: name) == "a.example")
  }
}
