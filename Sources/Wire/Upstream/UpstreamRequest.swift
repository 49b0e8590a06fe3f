internal import Evidence

/// What is wanted of the pool.
struct UpstreamRequest: Hashable {
  let destination: Destination
  /// TLS.
  let isSecure: Bool
  /// The client speaks HTTP/2, so an HTTP/2 upstream is welcome.
  let wantsHTTP2: Bool
}
