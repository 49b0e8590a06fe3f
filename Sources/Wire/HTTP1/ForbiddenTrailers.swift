/// Fields that mean something only in the head: framing, routing, authentication, control and content format
/// (RFC 9110 §6.5.1). A reader that merges trailers into the head must not be handed them.
package enum ForbiddenTrailers {
  package static func check(_ trailers: [HTTPField]) throws(HTTPSyntaxError) {
    for field in trailers where names.contains(where: field.isNamed) || field.name.hasProxyPrefix {
      throw HTTPSyntaxError(.trailerForbidden)
    }
  }

  private static let names = [
    "content-length", "transfer-encoding", "host", "connection", "keep-alive", "te", "trailer", "upgrade",
    "content-encoding", "content-type", "content-range", "authorization", "cookie", "set-cookie", "www-authenticate",
    "cache-control", "expect", "max-forwards", "pragma", "range", "if-match", "if-none-match", "if-modified-since",
    "if-unmodified-since", "if-range", "age", "expires", "date", "location", "retry-after", "vary", "authority",
    "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
  ]
}

extension String {
  /// `Proxy-Authorization` and its kin.
  fileprivate var hasProxyPrefix: Bool {
    utf8.count > 6 && prefix(6).equalsIgnoringASCIICase("proxy-")
  }
}
