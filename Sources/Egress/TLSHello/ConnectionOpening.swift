package import NIOCore

/// What the first bytes of a connection begin.
package enum ConnectionOpening: Sendable, Hashable {
  case tls
  case http1
  /// HTTP/2 without TLS (RFC 9113 §3.3).
  case http2PriorKnowledge
  case socks4
  case socks5
  /// As yet it could be more than one of these.
  case needMore
  /// None of these: another protocol, perhaps one where the server speaks first.
  case other

  /// Decides within 35 bytes; never says `needMore` for more.
  package static func classify(_ bytes: ByteBuffer) -> ConnectionOpening {
    let start = Array(bytes.readableBytesView.prefix(40))
    guard let first = start.first else { return .needMore }
    switch first {
    case 0x16: return start.count < 2 ? .needMore : start[1] == 3 ? .tls : .other
    case 5: return .socks5
    case 4: return .socks4
    default: return text(start)
    }
  }

  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  private static func text(_ start: [UInt8]) -> ConnectionOpening {
    if start.starts(with: preface) { return .http2PriorKnowledge }
    if preface.starts(with: start) { return .needMore }
    if let request = laxRequest(start) { return request }
    // One empty line before a request is allowed (RFC 9112 §2.2).
    let line = start.starts(with: "\r\n".utf8) ? start.dropFirst(2) : start[...]
    if line.isEmpty || start == [0x0d] { return .needMore }
    guard let space = line.firstIndex(of: 0x20) else {
      return line.count <= 32 && line.allSatisfy(isMethodCharacter) ? .needMore : .other
    }
    let method = line[..<space]
    guard (1...32).contains(method.count), method.allSatisfy(isMethodCharacter) else { return .other }
    guard let target = line[space...].dropFirst().first else { return .needMore }
    return isTargetStart(target, method: String(decoding: method, as: UTF8.self)) ? .http1 : .other
  }

  /// Servers that are lax take for requests what is none by the standard: empty lines before it, several blanks or a tab
  /// behind the method, a target of any form. It is not let through as another protocol, but refused as a bad request.
  ///
  /// - Returns: `nil` where nothing says so.
  private static func laxRequest(_ start: [UInt8]) -> ConnectionOpening? {
    let line = start.drop { isBlank($0) || $0 == 0x0d || $0 == 0x0a }
    guard !line.isEmpty else { return start.count < 35 ? .needMore : .http1 }
    let word = line.prefix { !isBlank($0) }
    let isWhole = word.count < line.count
    let isKnown = registeredMethods.contains { isWhole ? $0.elementsEqual(word) : $0.starts(with: word) }
    guard isKnown else { return nil }
    return isWhole ? .http1 : start.count < 35 ? .needMore : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Those that RFC 9110 §9.3 and RFC 5789 define: what others mean no server guesses.
  private static let registeredMethods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
  ].map { Array($0.utf8) }

  /// Letters, digits, `-` and `_`: narrower than a token, as every registered method is.
  private static func isMethodCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// `/path`, `*`, `http://…`, `ws://…`; CONNECT alone may be followed by a host.
  private static func isTargetStart(_ byte: UInt8, method: String) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "w"),
      UInt8(ascii: "W"):
      true
    default: method == "CONNECT" && byte > 0x20 && byte < 0x7f
    }
  }
}
