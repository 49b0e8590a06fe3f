/// What a request asks for, in one of the four forms of RFC 9112 §3.2.
package enum RequestTarget: Sendable, Hashable {
  /// `/path?query`.
  case origin
  /// `http://host/path?query`, as a client sends it to a proxy. `path` is the same target in origin-form, or `*`.
  case absolute(scheme: String, authority: String, path: String)
  /// `host:port`; CONNECT only.
  case authority(HTTPAuthority)
  /// `*`; OPTIONS only.
  case asterisk

  /// - Returns: `nil` where the target is in no form that the method allows.
  package init?(_ target: String, method: String) {
    if method == "CONNECT" {
      guard let authority = HTTPAuthority(target), authority.port != nil else { return nil }
      self = .authority(authority)
    } else if target.utf8.first == UInt8(ascii: "/") {
      self = .origin
    } else if target == "*" {
      guard method == "OPTIONS" else { return nil }
      self = .asterisk
    } else {
      guard let absolute = Self.absolute(target, method: method) else { return nil }
      self = absolute
    }
  }

  private static func absolute(_ target: String, method: String) -> RequestTarget? {
    let bytes = target.utf8
    guard let colon = bytes.firstIndex(of: .colon), bytes[colon...].starts(with: "://".utf8) else { return nil }
    let scheme = target[..<colon].lowercased()
    guard ["http", "https", "ws", "wss"].contains(scheme) else { return nil }
    let authorityStart = bytes.index(colon, offsetBy: 3)
    let rest = bytes[authorityStart...]
    let authorityEnd = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? bytes.endIndex
    let path = String(target[authorityEnd...])
    return .absolute(
      scheme: scheme, authority: String(target[authorityStart..<authorityEnd]),
      path: path.isEmpty ? (method == "OPTIONS" ? "*" : "/") : path.hasPrefix("?") ? "/" + path : path)
  }
}
