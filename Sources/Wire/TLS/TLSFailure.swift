internal import Glibc
internal import NIOSSL

/// Why a handshake with an upstream failed, in one sentence.
struct TLSFailure {
  let host: String
  /// The upstream's certificate, where it got as far as showing one.
  let certificate: NIOSSLCertificate?
  /// Seconds since 1970.
  let now: Int

  func translated(_ error: any Error) -> WireError {
    if let error = error as? WireError { return error }
    let text = String(describing: error)
    if text.contains("CERTIFICATE_VERIFY_FAILED") { return verification }
    if text.contains("EOF during handshake") || error as? NIOSSLError == .uncleanShutdown {
      return WireError(
        .handshakeFailed, at: host, "the server closed the connection during the TLS handshake.",
        remedy: "It may not speak TLS on this port, or not serve this name.")
    }
    if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
      return WireError(
        .handshakeFailed, at: host, "what answers there does not speak TLS.",
        remedy: "Use http instead of https, or another port.")
    }
    if text.contains("PROTOCOL_VERSION") || text.contains("UNSUPPORTED_PROTOCOL") {
      return WireError(
        .handshakeFailed, at: host, "the server speaks no TLS version from 1.2 on.",
        remedy: "It must be updated; older versions are not safe.")
    }
    return WireError(.handshakeFailed, at: host, "the TLS handshake failed (\(Self.reason(in: text))).")
  }

  /// A certificate that the library refused: the library does not say why, its dates do.
  private var verification: WireError {
    if let certificate, certificate.notValidAfter < now {
      return WireError(
        .certificateExpired, at: host,
        "the server's certificate expired \((now - Int(certificate.notValidAfter)) / 86_400) days ago.",
        remedy: "The server's owner must renew it; also check this machine's clock.")
    }
    if let certificate, certificate.notValidBefore > now {
      return WireError(
        .certificateExpired, at: host, "the server's certificate is not valid yet.",
        remedy: "Check this machine's clock.")
    }
    return WireError(
      .certificateUnknownAuthority, at: host, "the server's certificate was signed by nobody this machine trusts.",
      remedy: "If the authority is yours, name its certificate with --upstream-ca FILE.")
  }

  /// The library's constant out of `error:1000009a:SSL routines:OPENSSL_internal:HANDSHAKE_FAILURE_ON_CLIENT_HELLO`.
  private static func reason(in text: String) -> String {
    guard let marker = text.firstRange(of: "OPENSSL_internal:") else { return String(text.prefix(80)) }
    let name = text[marker.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.lowercased().split(separator: "_").joined(separator: " ")
  }
}
