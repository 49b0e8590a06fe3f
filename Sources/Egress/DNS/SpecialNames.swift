/// Names that resolvers treat by themselves.
enum SpecialNames {
  static let loopbackV4: [UInt8] = [127, 0, 0, 1]
  static let loopbackV6: [UInt8] = [UInt8](repeating: 0, count: 15) + [1]

  /// RFC 6761 §6.3.
  static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasSuffix(".localhost")
  }

  /// `invalid` (RFC 6761 §6.4), `onion` (RFC 7686 §2), everything of `arpa` that is no pointer, where an address would
  /// mean something (RFC 7050 §3), and the name whose absence tells browsers to leave resolving to us.
  static func areAbsent(_ host: String) -> Bool {
    let last = host.split(separator: ".").last
    return last == "invalid" || last == "onion" || last == "arpa" || host == "use-application-dns.net"
  }
}
