/// Where an exchange is addressed to: a name or an address literal, and a port.
package struct Destination: Sendable, Hashable {
  /// Lower case, without the root dot and without the brackets of an IPv6 literal.
  package let host: String
  package let port: UInt16

  package init(host: String, port: UInt16) {
    var name = Substring(host)
    if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
    if name.hasSuffix("."), name.count > 1 { name = name.dropLast() }
    self.host = name.lowercased()
    self.port = port
  }
}

extension Destination: CustomStringConvertible {
  /// `host:port`, with brackets around an IPv6 literal (RFC 3986 §3.2.2).
  package var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
