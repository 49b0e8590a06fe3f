internal import Evidence
internal import Glibc
internal import NIOSSL
internal import SwiftASN1
internal import Testing
internal import X509

@testable internal import Wire

@Suite("Leaf certificates")
struct LeafCertificatesTests {
  let authority: CertificateAuthority

  init() throws {
    authority = try CertificateAuthority(certificatePath: "", now: WallClock.system.now())
  }

  @Test("carry the name, the server's usage and the identifiers that chain them to the authority")
  func profile() throws {
    let leaves = try LeafCertificates(authority: authority)
    let leaf = try Certificate(
      derEncoded: leaves.leaf(for: LeafName("api.example.com")).certificate.toDERBytes())
    let extensions = leaf.extensions
    #expect(try extensions.subjectAlternativeNames.map(Array.init) == [.dnsName("api.example.com")])
    #expect(try extensions.extendedKeyUsage == ExtendedKeyUsage([.serverAuth]))
    #expect(try extensions.basicConstraints == .notCertificateAuthority)
    #expect(try extensions.keyUsage == KeyUsage(digitalSignature: true))
    let issuer = try authority.certificate.extensions.subjectKeyIdentifier?.keyIdentifier
    #expect(try extensions.authorityKeyIdentifier?.keyIdentifier == issuer)
    #expect(try extensions.subjectKeyIdentifier != nil)
    #expect(authority.certificate.publicKey.isValidSignature(leaf.signature, for: leaf))
    #expect(leaf.version == .v3)
  }

  @Test("begin in the past and end within two days")
  func validity() throws {
    let now = WallClock.system.now()
    let leaf = try LeafCertificates(authority: authority, clock: WallClock { now })
      .leaf(for: LeafName("example.com")).certificate
    let second = Int(now.millisecondsSinceEpoch / 1_000)
    #expect(leaf.notValidBefore < second - 60)
    #expect(leaf.notValidAfter > second + 86_400)
    #expect(leaf.notValidAfter <= second + 2 * 86_400)
  }

  @Test("for addresses name the address as an address", arguments: ["192.0.2.7", "2001:db8::7"])
  func addresses(text: String) throws {
    let leaves = try LeafCertificates(authority: authority)
    let leaf = try Certificate(derEncoded: leaves.leaf(for: LeafName(text)).certificate.toDERBytes())
    let bytes = try #require(IPAddress(text)?.bytes)
    let names = try #require(try extensionNames(of: leaf))
    #expect(names == [.ipAddress(.init(contentBytes: bytes[...]))])
  }

  private func extensionNames(of leaf: Certificate) throws -> [GeneralName]? {
    try leaf.extensions.subjectAlternativeNames.map(Array.init)
  }

  @Test("are issued once per name until they grow stale")
  func cache() throws {
    let start = WallClock.system.now()
    let clock = SettableClock(start)
    let leaves = try LeafCertificates(authority: authority, clock: clock.clock)
    let first = try leaves.leaf(for: LeafName("example.com")).certificate
    #expect(try leaves.leaf(for: LeafName("EXAMPLE.com")).certificate == first)
    clock.set(start.adding(hours: TLSLimits.leafReuseHours + 1))
    #expect(try leaves.leaf(for: LeafName("example.com")).certificate != first)
  }

  @Test("for a name too long for a common name still have the alternative name")
  func longName() throws {
    let host = String(repeating: "a", count: 60) + "." + String(repeating: "b", count: 60) + ".com"
    let leaves = try LeafCertificates(authority: authority)
    let leaf = try Certificate(derEncoded: leaves.leaf(for: LeafName(host)).certificate.toDERBytes())
    #expect(try extensionNames(of: leaf) == [.dnsName(host)])
    #expect(leaf.subject.commonName == "Sallyport leaf")
  }

  @Test(
    "are never issued for wildcards and what is no host",
    arguments: [
      "", "*", "*.example.com", "a..b", ".a", "-a.com", "a-.com", "a b.com", "a/b", "exämple.com", "a\u{0}.com", "1.2",
      "256.1.1.1", "fe80::1%eth0", String(repeating: "a", count: 64) + ".com",
      String(repeating: "a.", count: 127) + "ab",
    ])
  func refusedNames(host: String) throws {
    let error = #expect(throws: WireError.self) { try LeafName(host) }
    #expect(error?.code == .nameNotIssuable)
  }

  @Test(
    "are issued for what hosts are called", arguments: ["localhost", "xn--bcher-kva.example", "a_b.example", "::1"])
  func acceptedNames(host: String) throws {
    #expect(try LeafName(host).text == host)
  }
}

@Suite("What was recently used")
struct RecentlyUsedTests {
  @Test("stays, and what was not asked for longest goes")
  func eviction() {
    var cache = RecentlyUsed<Int, String>(capacity: 3)
    for key in 1...3 { cache.insert("\(key)", for: key) }
    #expect(cache.value(for: 1) == "1")
    cache.insert("4", for: 4)
    #expect(cache.value(for: 2) == nil)
    #expect(cache.value(for: 1) == "1")
    cache.insert("five", for: 1)
    #expect(cache.count == 3)
    #expect(cache.value(for: 1) == "five")
  }
}
