/// A content coding of HTTP (RFC 9110 §8.4.1, RFC 7932, RFC 8878).
package enum ContentCoding: String, Sendable, Hashable, CaseIterable {
  case gzip
  /// zlib-wrapped as RFC 9110 §8.4.1.2 says, or bare as many senders do; both are read, the first is written.
  case deflate
  case br
  case zstd
  case identity

  /// Reads one token of `Content-Encoding`, in any letter case, with the alias `x-gzip` (RFC 9110 §8.4.1.3).
  ///
  /// - Returns: `nil` for a coding that cannot be taken off.
  package init?(token: some StringProtocol) {
    switch token.lowercased() {
    case "gzip", "x-gzip": self = .gzip
    case "deflate": self = .deflate
    case "br": self = .br
    case "zstd": self = .zstd
    case "identity", "": self = .identity
    default: return nil
    }
  }
}
