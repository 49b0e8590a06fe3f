internal import Glibc

/// The one PEM file that everything inside the sandbox trusts: the system's roots, the user's, and our authority.
///
/// Variables such as `SSL_CERT_FILE` *replace* a client's roots, so the file must hold them all; clients whose
/// variable only *adds* may be given it too.
package struct TrustBundle: Sendable {
  /// The merged bundle, mode 0644.
  package let path: String

  /// Writes `trust.pem` into `runDirectory`, which exists.
  ///
  /// - Parameters:
  ///   - systemBundle: from ``SystemRoots/path(sslCertFile:places:)``.
  ///   - extraAuthorities: PEM files that the user added, so that what is left unintercepted is trusted alike.
  /// - Throws: ``WireError`` with `.trustUnusable`, or with `.bundleUnwritable`. Blocks on the disk.
  package init(
    in runDirectory: String, authority: CertificateAuthority, systemBundle: String, extraAuthorities: [String] = []
  ) throws(WireError) {
    path = "\(runDirectory)/trust.pem"
    var text = "# \(authority.name)\n\(authority.certificatePEM)"
    for bundle in extraAuthorities + [systemBundle] {
      text += "# \(bundle)\n\(try SystemRoots.text(of: bundle))\n"
    }
    try Self.replace(path, with: text)
  }

  private static func replace(_ path: String, with text: String) throws(WireError) {
    let draft = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(path) }
    let isWritten = fchmod(file, 0o644) == 0 && FileContent.write(Array(text.utf8), to: file)
    close(file)
    guard isWritten, rename(draft, path) == 0 else {
      let error = failure(path)
      unlink(draft)
      throw error
    }
  }

  private static func failure(_ path: String) -> WireError {
    WireError(
      .bundleUnwritable, at: path, "cannot be written (\(String(cString: strerror(errno)))).",
      remedy: "The run's directory must be writable and have space.")
  }
}
