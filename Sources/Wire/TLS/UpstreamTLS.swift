internal import NIOSSL
internal import Synchronization

/// Our side as a client: whom we trust, with one shared context per list of protocols.
///
/// TLS 1.2 and later, chain verified by the library, identity by ``ServerIdentity``. NIOSSL has no interface for
/// resuming sessions as a client, so each new connection is a full handshake; the pool makes them rare.
package final class UpstreamTLS: Sendable {
  private let roots: [NIOSSLCertificate]
  private let contexts: Mutex<[[String]: NIOSSLContext]>

  /// Reads the trusted certificates once and makes the contexts for `h2` with `http/1.1`, and for `http/1.1` alone.
  ///
  /// - Parameters:
  ///   - systemBundle: from ``SystemRoots/path(sslCertFile:places:)``; `nil` trusts only `extraAuthorities`.
  ///   - extraAuthorities: PEM files.
  /// - Throws: ``WireError`` with `.trustUnusable`. Blocks on the disk: not for an event loop.
  package init(systemBundle: String?, extraAuthorities: [String]) throws(WireError) {
    var roots: [NIOSSLCertificate] = []
    for bundle in (systemBundle.map { [$0] } ?? []) + extraAuthorities {
      roots += try SystemRoots.certificates(at: bundle)
    }
    self.roots = roots
    contexts = Mutex([:])
    for protocols in [["h2", "http/1.1"], ["http/1.1"]] {
      _ = try context(for: protocols)
    }
  }

  func context(for protocols: [String]) throws(WireError) -> NIOSSLContext {
    if let known = contexts.withLock({ $0[protocols] }) { return known }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = .certificates(roots)
    // The name is checked by ``ServerIdentity`` before the connection is given to anybody.
    configuration.certificateVerification = .noHostnameVerification
    configuration.applicationProtocols = protocols
    configuration.shutdownTimeout = TLSLimits.closeTimeout
    do {
      let context = try NIOSSLContext(configuration: configuration)
      contexts.withLock { $0[protocols] = context }
      return context
    } catch {
      throw WireError(.tlsUnavailable, at: "upstream TLS", "the TLS context could not be made: \(error).")
    }
  }
}
