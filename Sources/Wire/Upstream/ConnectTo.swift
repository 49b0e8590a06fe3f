package import Evidence
internal import Glibc

/// One `--connect-to HOST:PORT:ADDR:PORT`: connections meant for one destination go to another place (as curl's).
///
/// TLS still wants the certificate of the destination that was meant. Naming a place here grants it.
package struct ConnectTo: Sendable, Hashable {
  /// `nil` matches any.
  package let host: String?
  package let port: UInt16?
  package let target: Target

  package enum Target: Sendable, Hashable {
    /// `nil` keeps what was wanted.
    case address(host: String?, port: UInt16?)
    case unixSocket(path: String)
  }

  package init(host: String?, port: UInt16?, target: Target) {
    self.host = host
    self.port = port
    self.target = target
  }

  package func matches(_ destination: Destination) -> Bool {
    (host == nil || host == destination.host) && (port == nil || port == destination.port)
  }

  /// Reads `HOST:PORT:ADDR:PORT`, `HOST:PORT:/path/to.sock` or `HOST:PORT:unix:/path`; an IPv6 address stands in
  /// brackets; each of the four parts may be empty.
  /// - Throws: ``WireError`` with `.configurationInvalid`, naming the part that is wrong.
  package static func parse(_ text: String) throws(WireError) -> Self {
    var reader = PartReader(text: text)
    let host = try reader.host("HOST")
    try reader.colon(after: "HOST")
    let port = try reader.port("PORT")
    try reader.colon(after: "PORT")
    if let path = reader.unixSocketPath() {
      return Self(host: host, port: port, target: .unixSocket(path: try reader.checked(path)))
    }
    let address = try reader.host("ADDR")
    try reader.colon(after: "ADDR")
    let targetPort = try reader.port("PORT after ADDR")
    guard reader.rest.isEmpty else { throw reader.invalid("there is more after the last PORT") }
    return Self(host: host, port: port, target: .address(host: address, port: targetPort))
  }

  private struct PartReader {
    let text: String
    var rest: Substring

    init(text: String) {
      self.text = text
      rest = text[...]
    }

    mutating func host(_ name: String) throws(WireError) -> String? {
      let part: Substring
      if rest.hasPrefix("[") {
        guard let end = rest.firstIndex(of: "]") else { throw invalid("\(name) lacks the closing bracket") }
        part = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        guard case .v6 = IPAddress(part) else { throw invalid("\(name) in brackets is no IPv6 address") }
        return IPAddress(part)?.description
      }
      part = rest.prefix { $0 != ":" }
      rest = rest[part.endIndex...]
      if part.isEmpty { return nil }
      let withoutDot = part.hasSuffix(".") ? part.dropLast() : part
      guard let checked = try? LeafName(String(withoutDot)) else {
        throw invalid("\(name) \(String(part).debugDescription) is no host name or address")
      }
      return checked.text
    }

    mutating func port(_ name: String) throws(WireError) -> UInt16? {
      let part = rest.prefix { $0 != ":" }
      rest = rest[part.endIndex...]
      if part.isEmpty { return nil }
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(part), port > 0 else {
        throw invalid("\(name) \(String(part).debugDescription) is no port from 1 to 65535")
      }
      return port
    }

    mutating func colon(after name: String) throws(WireError) {
      guard rest.hasPrefix(":") else { throw invalid("a colon is missing after \(name)") }
      rest = rest.dropFirst()
    }

    func unixSocketPath() -> Substring? {
      if rest.hasPrefix("/") { return rest }
      return rest.hasPrefix("unix:") ? rest.dropFirst(5) : nil
    }

    func checked(_ path: Substring) throws(WireError) -> String {
      guard path.hasPrefix("/") else { throw invalid("the socket's path must be absolute") }
      let limit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
      guard path.utf8.count <= limit, !path.utf8.contains(0) else {
        throw invalid("the socket's path is longer than \(limit) bytes")
      }
      return String(path)
    }

    func invalid(_ sentence: String) -> WireError {
      WireError(
        .configurationInvalid, at: "--connect-to \(text)", "\(sentence).",
        remedy: "Write HOST:PORT:ADDR:PORT, with IPv6 addresses in brackets, or HOST:PORT:/path/to.sock.")
    }
  }
}
