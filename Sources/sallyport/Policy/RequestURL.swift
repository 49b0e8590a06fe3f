internal import Evidence

/// `https://host[:port]/path`, as a person types it.
struct RequestURL {
  let destination: Destination
  let path: String

  init?(_ text: String) {
    guard let separator = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = text[separator.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<end]
    let colon = authority.hasSuffix("]") ? nil : authority.lastIndex(of: ":")
    let host = authority[..<(colon ?? authority.endIndex)]
    guard Self.isHost(host) else { return nil }
    var port: UInt16 = scheme == "https" ? 443 : 80
    if let colon {
      guard let number = UInt16(authority[authority.index(after: colon)...]) else { return nil }
      port = number
    }
    destination = Destination(host: String(host), port: port)
    path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
  }

  /// A name of letters, digits, `-`, `_` and dots, or an address in brackets.
  private static func isHost(_ host: Substring) -> Bool {
    host.wholeMatch(of: /[0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+\]/) != nil
  }

  /// A token (RFC 9110 §9.1, §5.6.2).
  static func isMethod(_ text: String) -> Bool {
    text.wholeMatch(of: /[!#$%&'*+.^_`|~0-9A-Za-z-]+/) != nil
  }
}
