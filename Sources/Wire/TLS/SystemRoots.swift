internal import Glibc
internal import NIOSSL

/// The certificates that this machine trusts.
package enum SystemRoots {
  /// Where distributions keep them in one file: Debian, Fedora, openSUSE, RHEL, Alpine.
  package static let places = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
  ]

  /// The bundle in force: what `SSL_CERT_FILE` names, else the first place that exists.
  ///
  /// - Parameter sslCertFile: the value of `SSL_CERT_FILE`; `nil` or empty when it is not set.
  /// - Throws: ``WireError`` with `.trustUnusable` when there is none.
  package static func path(sslCertFile: String?, places: [String] = places) throws(WireError) -> String {
    if let named = sslCertFile, !named.isEmpty {
      guard access(named, R_OK) == 0 else {
        throw WireError(
          .trustUnusable, at: named, "SSL_CERT_FILE names this file, which cannot be read.",
          remedy: "Unset SSL_CERT_FILE, or let it name a readable PEM file.")
      }
      return named
    }
    if let place = places.first(where: { access($0, R_OK) == 0 }) { return place }
    throw WireError(
      .trustUnusable, at: places.first ?? "", "this machine has no bundle of trusted certificates.",
      remedy: "Install the package ca-certificates, or set SSL_CERT_FILE.")
  }

  /// The text of a PEM bundle.
  /// - Throws: ``WireError`` with `.trustUnusable` when it cannot be read or holds no certificate.
  package static func text(of path: String) throws(WireError) -> String {
    guard let bytes = FileContent.bytes(at: path, limit: TLSLimits.trustBundleBytes) else {
      throw WireError(
        .trustUnusable, at: path, "cannot be read, or is larger than \(TLSLimits.trustBundleBytes) bytes.",
        remedy: "Name a readable PEM file of certificates.")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard !blocks(of: text).isEmpty else {
      throw WireError(
        .trustUnusable, at: path, "holds no certificate in PEM form.",
        remedy: "It must hold lines -----BEGIN CERTIFICATE-----; convert DER with: openssl x509 -inform der.")
    }
    return text
  }

  /// The certificates in a PEM bundle; one that cannot be understood is left out, as every TLS library does, unless
  /// none is left.
  static func certificates(at path: String) throws(WireError) -> [NIOSSLCertificate] {
    let certificates = blocks(of: try text(of: path)).compactMap { block in
      try? NIOSSLCertificate(bytes: block, format: .pem)
    }
    guard !certificates.isEmpty else {
      throw WireError(
        .trustUnusable, at: path, "holds no certificate that can be understood.",
        remedy: "Check it with: openssl x509 -in '\(path)' -noout -subject.")
    }
    return certificates
  }

  /// The `BEGIN CERTIFICATE … END CERTIFICATE` blocks (RFC 7468 §5.1), in their order.
  ///
  /// Byte by byte: a bundle has hundreds of kilobytes, and every run waits for it.
  private static func blocks(of text: String) -> [[UInt8]] {
    var blocks: [[UInt8]] = []
    var block: [UInt8] = []
    for line in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
      let isBegin = line.starts(with: begin)
      if isBegin { block.removeAll() }
      guard isBegin || !block.isEmpty else { continue }
      block.append(contentsOf: line)
      block.append(UInt8(ascii: "\n"))
      guard line.starts(with: end) else { continue }
      blocks.append(block)
      block.removeAll()
    }
    return blocks
  }

  private static let begin = Array("-----BEGIN CERTIFICATE-----".utf8)
  private static let end = Array("-----END CERTIFICATE-----".utf8)
}
