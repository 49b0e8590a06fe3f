internal import Crypto
package import Evidence
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// The authority of one installation: it signs the leaf certificates that intercepted clients are shown.
///
/// ECDSA P-256, path length 0. Its private key is in memory and in one file of mode 0600; nothing here gives it out.
package struct CertificateAuthority: Sendable {
  /// The certificate alone, as clients are to trust it.
  package let certificatePEM: String
  /// Where ``certificatePEM`` is on disk.
  package let certificatePath: String
  /// `Sallyport local authority 1a2b3c4d`; the digits are the start of the key's identifier.
  package let name: String
  package let notAfter: Timestamp

  let certificate: Certificate
  private let key: P256.Signing.PrivateKey

  /// The authority kept in `directory`, which is made when it is not there.
  ///
  /// Any number of processes may do this at once: all get the same one. An authority with less than
  /// ``TLSLimits/authorityRenewalDays`` left is replaced.
  /// - Throws: ``WireError`` with `.authorityUnusable` when directory or key belong to someone else or are open to
  ///   others, or cannot be read or written. Blocks on the disk: not for an event loop.
  package static func loadOrCreate(at directory: String, clock: WallClock = .system) throws(WireError) -> Self {
    try AuthorityDirectory(path: directory).authority(clock: clock)
  }

  /// A new authority with a new key, valid from `now`.
  init(certificatePath: String, now: Timestamp) throws {
    let key = P256.Signing.PrivateKey()
    let publicKey = Certificate.PublicKey(key.publicKey)
    let identifier = SubjectKeyIdentifier(hash: publicKey)
    let name = try DistinguishedName {
      CommonName("Sallyport local authority \(identifier.keyIdentifier.prefix(4).hexadecimal)")
    }
    let start = now.date
    let certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: publicKey,
      notValidBefore: start - Double(TLSLimits.clockSkewMinutes * 60),
      notValidAfter: start + Double(TLSLimits.authorityDays * 86_400),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        identifier
      },
      issuerPrivateKey: .init(key))
    try self.init(certificate: certificate, key: key, certificatePath: certificatePath)
  }

  /// An authority as it was kept.
  init(certificatePEM: String, keyPEM: String, certificatePath: String) throws {
    try self.init(
      certificate: Certificate(pemEncoded: certificatePEM), key: P256.Signing.PrivateKey(pemRepresentation: keyPEM),
      certificatePath: certificatePath)
  }

  private init(certificate: Certificate, key: P256.Signing.PrivateKey, certificatePath: String) throws {
    self.certificate = certificate
    self.key = key
    self.certificatePath = certificatePath
    certificatePEM = try certificate.serializeAsPEM().pemString + "\n"
    name = certificate.subject.commonName ?? certificate.subject.description
    notAfter = Timestamp(certificate.notValidAfter)
  }

  /// Whether the key is the one that the certificate speaks of.
  var isConsistent: Bool {
    certificate.publicKey == Certificate.PublicKey(key.publicKey)
  }

  /// The key for its file; for ``AuthorityDirectory`` only.
  var keyPEM: String {
    key.pemRepresentation + "\n"
  }

  /// Signs a certificate for `name` and the key `publicKey`, valid around `now`; one signature, about 0.1 ms.
  func issueLeaf(for name: LeafName, publicKey: Certificate.PublicKey, now: Timestamp) throws -> Certificate {
    let start = now.date
    let authorityIdentifier = try certificate.extensions.subjectKeyIdentifier?.keyIdentifier
    return try Certificate(
      version: .v3, serialNumber: .init(), publicKey: publicKey,
      notValidBefore: start - Double(TLSLimits.clockSkewMinutes * 60),
      notValidAfter: start + Double(TLSLimits.leafHours * 3_600),
      issuer: certificate.subject, subject: DistinguishedName { CommonName(name.commonName) },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames([name.generalName])
        SubjectKeyIdentifier(hash: publicKey)
        AuthorityKeyIdentifier(keyIdentifier: authorityIdentifier)
      },
      issuerPrivateKey: .init(key))
  }
}

extension CertificateAuthority: CustomStringConvertible, CustomReflectable {
  package var description: String { name }
  /// Says nothing, so that no dump of a value that holds an authority shows its key.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension DistinguishedName {
  /// The last common name, as text.
  var commonName: String? {
    for relative in reversed() {
      for attribute in relative where attribute.type == .RDNAttributeType.commonName {
        return String(attribute.value)
      }
    }
    return nil
  }
}

extension Timestamp {
  var date: Date {
    Date(timeIntervalSince1970: Double(millisecondsSinceEpoch) / 1_000)
  }

  init(_ date: Date) {
    self.init(millisecondsSinceEpoch: Int64(date.timeIntervalSince1970 * 1_000))
  }
}

extension Sequence<UInt8> {
  var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return reduce(into: "") { text, byte in
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }
}
