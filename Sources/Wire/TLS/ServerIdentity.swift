internal import Glibc
internal import NIOSSL
internal import SwiftASN1
internal import X509

/// Whether a certificate is for the host that was wanted (RFC 9525 §6).
///
/// NIOSSL's own check also accepts a certificate for the *address connected to* in place of the name, so whoever can
/// answer our DNS and owns an address certificate could speak for any name; and it falls back to the common name.
/// Here only alternative names count, of the kind that was asked for.
struct ServerIdentity {
  /// Lower case, without the root dot: a DNS name or an address literal.
  let host: String

  /// - Returns: `nil` when the certificate is for ``host``, else what it is for, for the message.
  func mismatch(in certificate: NIOSSLCertificate) -> String? {
    guard let names = Self.alternativeNames(in: certificate) else { return "names that cannot be understood" }
    let isNamed = names.contains { name in
      switch name {
      case .dnsName(let pattern): LeafName.addressBytes(host) == nil && Self.matches(host, pattern: pattern)
      case .ipAddress(let bytes): LeafName.addressBytes(host).map { $0[...] == bytes.bytes } ?? false
      default: false
      }
    }
    return isNamed ? nil : Self.summary(of: names)
  }

  /// RFC 9525 §6.3: a wildcard stands for one whole left-most label and nothing else.
  static func matches(_ host: String, pattern: String) -> Bool {
    var pattern = pattern.lowercased()[...]
    if pattern.hasSuffix(".") { pattern.removeLast() }
    guard pattern.contains("*") else { return host == pattern && !pattern.isEmpty }
    let suffix = pattern.dropFirst()
    guard pattern.hasPrefix("*."), !suffix.contains("*"), suffix.dropFirst().contains("."),
      let dot = host.firstIndex(of: "."), dot != host.startIndex
    else { return false }
    return host[dot...] == suffix
  }

  private static func alternativeNames(in certificate: NIOSSLCertificate) -> SubjectAlternativeNames? {
    guard let bytes = try? certificate.toDERBytes(), let parsed = try? Certificate(derEncoded: bytes) else {
      return nil
    }
    return try? parsed.extensions.subjectAlternativeNames ?? SubjectAlternativeNames([])
  }

  private static func summary(of names: SubjectAlternativeNames) -> String {
    let texts = names.compactMap { name -> String? in
      switch name {
      case .dnsName(let text): String(text.prefix(80))
      case .ipAddress(let bytes): Self.addressText(Array(bytes.bytes))
      default: nil
      }
    }
    guard !texts.isEmpty else { return "no host at all" }
    let shown = texts.prefix(3).joined(separator: ", ")
    return texts.count > 3 ? "\(shown) and \(texts.count - 3) more" : shown
  }

  private static func addressText(_ bytes: [UInt8]) -> String? {
    IPAddress(bytes: bytes)?.description
  }
}
