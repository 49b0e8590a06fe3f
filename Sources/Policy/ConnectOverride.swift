/// `HOST:PORT:ADDR:PORT`, as curl's `--connect-to`: who asks for the first is connected to the second.
package struct ConnectOverride: Sendable, Hashable {
  package static let form = "HOST:PORT:ADDR:PORT, with an IPv6 address in brackets, or HOST:PORT:/path/to/socket"

  /// Lower case; `nil` means every host.
  package let host: String?
  /// `nil` means every port.
  package let port: UInt16?
  package let target: Target

  package enum Target: Sendable, Hashable {
    case address(host: String, port: UInt16)
    /// A Unix socket.
    case socket(path: String)
  }

  /// - Returns: `nil` where the text has another form.
  package init?(_ text: String) {
    var rest = text[...]
    guard text.utf8.count <= 4096, let host = Self.host(&rest), let port = Self.number(&rest) else { return nil }
    self.host = host.isEmpty ? nil : host.lowercased()
    self.port = port
    if rest.hasPrefix("/") {
      self.target = .socket(path: String(rest))
      return
    }
    guard let address = Self.host(&rest), !address.isEmpty, let target = UInt16(rest), target > 0 else { return nil }
    self.target = .address(host: address.lowercased(), port: target)
  }

  /// Takes a host and the colon behind it.
  private static func host(_ rest: inout Substring) -> String? {
    let end: Substring.Index
    var host: Substring
    if rest.hasPrefix("[") {
      guard let close = rest.firstIndex(of: "]") else { return nil }
      host = rest[rest.index(after: rest.startIndex)..<close]
      end = rest.index(after: close)
    } else {
      guard let colon = rest.firstIndex(of: ":") else { return nil }
      host = rest[..<colon]
      end = colon
    }
    guard end < rest.endIndex, rest[end] == ":" else { return nil }
    guard host.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") }) else { return nil }
    if host.hasSuffix(".") { host.removeLast() }
    rest = rest[rest.index(after: end)...]
    return String(host)
  }

  /// Takes a port, which may be empty, and the colon behind it; the outer `nil` means neither.
  private static func number(_ rest: inout Substring) -> UInt16?? {
    guard let colon = rest.firstIndex(of: ":") else { return nil }
    let text = rest[..<colon]
    rest = rest[rest.index(after: colon)...]
    if text.isEmpty { return .some(nil) }
    guard let port = UInt16(text), port > 0 else { return nil }
    return .some(port)
  }
}
