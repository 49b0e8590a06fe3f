internal import Evidence
internal import Glibc

/// The directory where an installation keeps its authority: `authority.key` (0600) and `authority.pem` (0644).
///
/// A lock on the directory makes creation happen once among any number of processes; the kernel drops it with its
/// holder. The certificate is put in place before the key, so a key that is there has its certificate beside it.
struct AuthorityDirectory {
  private static let keyName = "authority.key"
  private static let certificateName = "authority.pem"

  let path: String

  init(path: String) {
    self.path = path
  }

  func authority(clock: WallClock) throws(WireError) -> CertificateAuthority {
    let directory = try PrivateDirectory(path: path)
    try directory.lock()
    if let kept = try load(from: directory), kept.isFresh(at: clock.now()) { return kept }
    return try create(in: directory, now: clock.now())
  }

  /// `nil` when there is no key yet.
  private func load(from directory: borrowing PrivateDirectory) throws(WireError) -> CertificateAuthority? {
    guard let keyPEM = try directory.read(Self.keyName, isPrivate: true) else { return nil }
    guard let certificatePEM = try directory.read(Self.certificateName, isPrivate: false) else {
      throw broken("the authority's key is here without its certificate.")
    }
    let authority: CertificateAuthority
    do {
      authority = try CertificateAuthority(
        certificatePEM: certificatePEM, keyPEM: keyPEM, certificatePath: certificatePath)
    } catch {
      // The library's error is not passed on: it may quote the key.
      throw broken("the authority's files cannot be understood.")
    }
    guard authority.isConsistent else { throw broken("the authority's key and certificate do not belong together.") }
    return authority
  }

  private func create(in directory: borrowing PrivateDirectory, now: Timestamp) throws(WireError)
    -> CertificateAuthority
  {
    let authority: CertificateAuthority
    do {
      authority = try CertificateAuthority(certificatePath: certificatePath, now: now)
    } catch {
      throw WireError(.tlsUnavailable, at: path, "the authority could not be made: \(error).")
    }
    try directory.write(authority.certificatePEM, to: Self.certificateName, mode: 0o644)
    try directory.write(authority.keyPEM, to: Self.keyName, mode: 0o600)
    return authority
  }

  private var certificatePath: String { "\(path)/\(Self.certificateName)" }

  private func broken(_ sentence: String) -> WireError {
    WireError(
      .authorityUnusable, at: path, sentence,
      remedy: "Remove \(Self.keyName) and \(Self.certificateName) there; the next start makes a new authority.")
  }
}

extension CertificateAuthority {
  fileprivate func isFresh(at now: Timestamp) -> Bool {
    let margin = Int64(TLSLimits.authorityRenewalDays) * 86_400_000
    return now.millisecondsSinceEpoch < notAfter.millisecondsSinceEpoch - margin
  }
}
