/// Where a SOCKS client wants to go.
package struct SOCKSRequest: Sendable, Hashable {
  package let version: Version
  package let host: Host
  package let port: UInt16

  package init(version: Version, host: Host, port: UInt16) {
    self.version = version
    self.host = host
    self.port = port
  }

  package enum Version: UInt8, Sendable, Hashable {
    case socks4 = 4
    case socks5 = 5
  }

  package enum Host: Sendable, Hashable {
    /// As it was sent, of letters, digits, `-`, `_` and `.` only.
    case name(String)
    /// 4 or 16 bytes in network order.
    case address([UInt8])
  }
}
