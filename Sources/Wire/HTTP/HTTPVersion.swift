/// The version that a message's sender speaks.
package enum HTTPVersion: Sendable, Hashable {
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case http1_0
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case http1_1
  case http2
}

extension HTTPVersion: CustomStringConvertible {
  /// As it stands in a start line or an ALPN report: `HTTP/1.1`, `HTTP/2`.
  package var description: String {
    switch self {
    case .http1_0: "HTTP/1.0"
    case .http1_1: "HTTP/1.1"
    case .http2: "HTTP/2"
    }
  }
}
