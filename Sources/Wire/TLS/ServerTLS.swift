package import Evidence
package import NIOSSL
internal import Synchronization

/// Our side of an intercepted client's TLS: the context that shows a leaf for the host the client wants.
///
/// TLS 1.2 and later; session tickets are on, with keys per context, so a context is shared by all event loops of the
/// process (it is thread-safe) and a client that comes back on another loop resumes.
package final class ServerTLS: Sendable {
  private let leaves: LeafCertificates
  private let clock: WallClock
  private let contexts: Mutex<RecentlyUsed<Key, Context>>

  private struct Key: Hashable {
    let name: LeafName
    let protocols: [String]
  }

  private struct Context {
    let context: NIOSSLContext
    let staleFrom: Timestamp
  }

  package init(leaves: LeafCertificates, clock: WallClock = .system) {
    self.leaves = leaves
    self.clock = clock
    contexts = Mutex(RecentlyUsed(capacity: TLSLimits.cachedContexts))
  }

  /// The context for `host`.
  ///
  /// - Parameter protocols: what we speak to this client, most wanted first (`h2`, `http/1.1`); empty for no ALPN.
  ///   A client that offers none of them goes on without one (RFC 7301 §3.2 would allow an alert).
  /// - Throws: ``WireError`` with `.nameNotIssuable` for a host that no certificate can be issued for.
  /// - Complexity: a lookup; about 0.3 ms for a host not yet seen.
  package func context(for host: String, protocols: [String]) throws(WireError) -> NIOSSLContext {
    let key = Key(name: try LeafName(host), protocols: protocols)
    let now = clock.now()
    if let known = contexts.withLock({ $0.value(for: key) }), now < known.staleFrom { return known.context }
    let leaf = try leaves.leaf(for: key.name)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(leaf.certificate)], privateKey: .privateKey(leaves.key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = protocols
    // Nobody can keep what goes over loopback for a quantum computer, and ML-KEM is half of a handshake's cost.
    configuration.curves = [.x25519, .secp256r1, .secp384r1, .x25519_MLKEM768]
    configuration.shutdownTimeout = TLSLimits.closeTimeout
    let context: NIOSSLContext
    do {
      context = try NIOSSLContext(configuration: configuration)
    } catch {
      throw WireError(.tlsUnavailable, at: host, "the TLS context could not be made: \(error).")
    }
    contexts.withLock { $0.insert(Context(context: context, staleFrom: leaf.staleFrom), for: key) }
    return context
  }

  /// A handler for one accepted channel, to be put first in its pipeline.
  package func handler(for host: String, protocols: [String]) throws(WireError) -> NIOSSLServerHandler {
    NIOSSLServerHandler(context: try context(for: host, protocols: protocols))
  }
}
