internal import Crypto
package import Evidence
internal import NIOSSL
internal import SwiftASN1
internal import Synchronization
internal import X509

/// The leaf certificates of one process, one per name, all for one key that lives in memory only.
///
/// Any thread may ask; a leaf not yet known costs one signature.
package final class LeafCertificates: Sendable {
  private let authority: CertificateAuthority
  private let clock: WallClock
  private let publicKey: Certificate.PublicKey
  let key: NIOSSLPrivateKey
  private let leaves: Mutex<RecentlyUsed<LeafName, Leaf>>

  /// A certificate and the moment from which it is not handed out any more.
  struct Leaf: Sendable {
    let certificate: NIOSSLCertificate
    let staleFrom: Timestamp
  }

  package init(authority: CertificateAuthority, clock: WallClock = .system) throws(WireError) {
    let key = P256.Signing.PrivateKey()
    self.authority = authority
    self.clock = clock
    publicKey = .init(key.publicKey)
    leaves = Mutex(RecentlyUsed(capacity: TLSLimits.cachedLeaves))
    do {
      self.key = try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
    } catch {
      throw WireError(.tlsUnavailable, at: authority.name, "the leaf key could not be made: \(error).")
    }
  }

  /// The leaf for `name`, issued now unless a fresh one is known.
  ///
  /// The lock is not held while signing: two threads may issue for one name, and both leaves are good.
  func leaf(for name: LeafName) throws(WireError) -> Leaf {
    let now = clock.now()
    if let known = leaves.withLock({ $0.value(for: name) }), now < known.staleFrom { return known }
    let leaf: Leaf
    do {
      let certificate = try authority.issueLeaf(for: name, publicKey: publicKey, now: now)
      var serializer = DER.Serializer()
      try serializer.serialize(certificate)
      leaf = Leaf(
        certificate: try NIOSSLCertificate(bytes: serializer.serializedBytes, format: .der),
        staleFrom: now.adding(hours: TLSLimits.leafReuseHours))
    } catch {
      throw WireError(.tlsUnavailable, at: name.text, "the certificate could not be issued: \(error).")
    }
    leaves.withLock { $0.insert(leaf, for: name) }
    return leaf
  }
}

extension Timestamp {
  func adding(hours: Int) -> Self {
    Timestamp(millisecondsSinceEpoch: millisecondsSinceEpoch + Int64(hours) * 3_600_000)
  }
}
