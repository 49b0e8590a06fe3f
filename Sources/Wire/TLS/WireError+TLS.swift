extension WireError.Code {
  /// Configuration: the authority's directory or files cannot be used as they are.
  package static let authorityUnusable = Self(rawValue: "tls.authority-unusable")
  /// Configuration: no system bundle was found, or a bundle cannot be read.
  package static let trustUnusable = Self(rawValue: "tls.trust-unusable")
  /// The machine: the bundle for the agent cannot be written where it belongs.
  package static let bundleUnwritable = Self(rawValue: "tls.bundle-unwritable")
  /// Input: a name for which no certificate can be issued.
  package static let nameNotIssuable = Self(rawValue: "tls.name-not-issuable")
  /// Us: the TLS library refused what we asked of it.
  package static let tlsUnavailable = Self(rawValue: "tls.unavailable")
  /// Peer: its certificate is past its last day, or not valid yet.
  package static let certificateExpired = Self(rawValue: "tls.certificate-expired")
  /// Peer: nobody we trust vouches for its certificate.
  package static let certificateUnknownAuthority = Self(rawValue: "tls.unknown-authority")
  /// Peer: its certificate is for another name.
  package static let certificateNameMismatch = Self(rawValue: "tls.name-mismatch")
  /// Peer: the handshake failed for another reason.
  package static let handshakeFailed = Self(rawValue: "tls.handshake-failed")
}
