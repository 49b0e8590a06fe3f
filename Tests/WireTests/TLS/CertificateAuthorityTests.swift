internal import Evidence
internal import Glibc
internal import Synchronization
internal import Testing
internal import X509

@testable internal import Wire

@Suite("The installation's authority")
struct CertificateAuthorityTests {
  let directory: TemporaryDirectory
  var place: String { "\(directory.path)/state/authority" }

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test("is made once, in a directory of mode 0700 with a key of mode 0600, and then found again")
  func madeOnce() throws {
    let made = try CertificateAuthority.loadOrCreate(at: place)
    let found = try CertificateAuthority.loadOrCreate(at: place)
    #expect(made.certificatePEM == found.certificatePEM)
    #expect(TemporaryDirectory.mode(place) == 0o700)
    #expect(TemporaryDirectory.mode("\(place)/authority.key") == 0o600)
    #expect(TemporaryDirectory.mode("\(place)/authority.pem") == 0o644)
    #expect(directory.text("state/authority/authority.pem") == made.certificatePEM)
    #expect(!made.certificatePEM.contains("PRIVATE"))
  }

  @Test("may sign leaves and nothing beneath them, for two years, under a name that tells it from others")
  func profile() throws {
    let now = WallClock.system.now()
    let authority = try CertificateAuthority(certificatePath: "", now: now)
    let extensions = authority.certificate.extensions
    #expect(try extensions.basicConstraints == .isCertificateAuthority(maxPathLength: 0))
    #expect(extensions[oid: .X509ExtensionID.basicConstraints]?.critical == true)
    #expect(try extensions.keyUsage == KeyUsage(keyCertSign: true, cRLSign: true))
    #expect(extensions[oid: .X509ExtensionID.keyUsage]?.critical == true)
    #expect(authority.name.wholeMatch(of: /Sallyport local authority [0-9a-f]{8}/) != nil)
    let days = (authority.notAfter.millisecondsSinceEpoch - now.millisecondsSinceEpoch) / 86_400_000
    #expect((729...730).contains(days))
    #expect(String(reflecting: authority).contains("PRIVATE") == false)
  }

  @Test("is one, whoever is first, when many start at once")
  func concurrentCreation() async throws {
    let place = place
    let certificates = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try CertificateAuthority.loadOrCreate(at: place).certificatePEM } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(certificates.count == 1)
  }

  @Test("is replaced before it expires")
  func renewal() throws {
    let now = WallClock.system.now()
    let old = try CertificateAuthority.loadOrCreate(at: place, clock: WallClock { now })
    let soon = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 722 * 86_400_000)
    #expect(try CertificateAuthority.loadOrCreate(at: place, clock: WallClock { soon }).name == old.name)
    let late = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + 724 * 86_400_000)
    #expect(try CertificateAuthority.loadOrCreate(at: place, clock: WallClock { late }).name != old.name)
  }

  @Test("refuses a directory or a key that others can read, and says how to close it")
  func loosePermissions() throws {
    _ = try CertificateAuthority.loadOrCreate(at: place)
    chmod("\(place)/authority.key", 0o640)
    let key = #expect(throws: WireError.self) { try CertificateAuthority.loadOrCreate(at: place) }
    #expect(key?.code == .authorityUnusable)
    #expect(key?.remedy.contains("chmod 600 '\(place)/authority.key'") == true)
    chmod("\(place)/authority.key", 0o600)
    chmod(place, 0o750)
    let folder = #expect(throws: WireError.self) { try CertificateAuthority.loadOrCreate(at: place) }
    #expect(folder?.remedy.contains("chmod 700 '\(place)'") == true)
  }

  @Test("refuses what belongs to another user", .enabled(if: geteuid() == 0, "only root can give files away"))
  func foreignOwner() throws {
    _ = try CertificateAuthority.loadOrCreate(at: place)
    chown("\(place)/authority.key", 12_345, 12_345)
    let error = #expect(throws: WireError.self) { try CertificateAuthority.loadOrCreate(at: place) }
    #expect(error?.sentence.contains("belongs to user 12345") == true)
  }

  @Test("refuses a link in the place of its key")
  func symbolicLink() throws {
    _ = try CertificateAuthority.loadOrCreate(at: place)
    rename("\(place)/authority.key", "\(place)/elsewhere")
    symlink("elsewhere", "\(place)/authority.key")
    #expect(throws: WireError.self) { try CertificateAuthority.loadOrCreate(at: place) }
  }

  @Test(
    "refuses files that are broken or do not belong together, without quoting them",
    arguments: ["", "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END EC PRIVATE KEY-----\n"])
  func brokenKey(text: String) throws {
    _ = try CertificateAuthority.loadOrCreate(at: place)
    let path = try directory.file("state/authority/authority.key", text)
    chmod(path, 0o600)
    let error = #expect(throws: WireError.self) { try CertificateAuthority.loadOrCreate(at: place) }
    #expect(error?.code == .authorityUnusable)
    #expect(error?.description.contains("c2VjcmV0") == false)
  }

  @Test("refuses a key of another authority's certificate")
  func foreignKey() throws {
    _ = try CertificateAuthority.loadOrCreate(at: place)
    let other = try CertificateAuthority(certificatePath: "", now: WallClock.system.now())
    chmod(try directory.file("state/authority/authority.key", other.keyPEM), 0o600)
    let error = #expect(throws: WireError.self) { try CertificateAuthority.loadOrCreate(at: place) }
    #expect(error?.sentence.contains("do not belong together") == true)
  }
}
