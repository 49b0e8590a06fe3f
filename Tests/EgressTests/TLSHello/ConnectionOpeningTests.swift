import NIOCore
import Testing

@testable import Egress

@Suite struct ConnectionOpeningTests {
  private func classify(_ bytes: [UInt8]) -> ConnectionOpening { ConnectionOpening.classify(ByteBuffer(bytes: bytes)) }

  private func classify(_ text: String) -> ConnectionOpening { classify(Array(text.utf8)) }

  static let openings: [(String, ConnectionOpening)] = [
    ("GET / HTTP/1.1\r\n", .http1), ("POST http://h/ HTTP/1.1\r\n", .http1), ("OPTIONS * HTTP/1.1\r\n", .http1),
    ("CONNECT example.com:443 HTTP/1.1\r\n", .http1), ("\r\nM-SEARCH * HTTP/1.1\r\n", .http1),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .http2PriorKnowledge), ("PROPFIND /a HTTP/1.1\r\n", .http1),
    ("PRI * HTTP/1.1\r\n\r\n", .http1), ("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", .other),
    ("EHLO mail.example.com\r\n", .other), ("\u{4}\u{1}", .socks4), ("\u{5}\u{1}\u{0}", .socks5),
    ("\u{16}\u{3}\u{1}\u{0}\u{5}", .tls), ("\u{16}\u{2}\u{1}", .other), ("GET\r\n", .other), (" GET /", .http1),
    ("\r\n\r\nx", .other), ("\u{0}\u{0}", .other), (String(repeating: "A", count: 33), .other),
    ("git-upload-pack /x", .http1), ("GET \r\n", .http1), ("GET  /two", .http1),
    ("GET\t/tab", .http1), ("GET ftp://h/", .http1), ("\r\n\r\n\nPOST /", .http1), ("get key\r\n", .other),
    ("USER anonymous\r\n", .other),
  ]

  @Test("each protocol is told by its first bytes", arguments: openings)
  func protocols(text: String, opening: ConnectionOpening) {
    #expect(classify(text) == opening)
  }

  @Test("a prefix either waits or already says the same", arguments: openings)
  func prefixes(text: String, opening: ConnectionOpening) {
    let bytes = Array(text.utf8)
    for count in 0..<bytes.count {
      let early = classify(Array(bytes[..<count]))
      #expect(early == .needMore || early == opening)
    }
  }

  @Test("after 35 bytes there is always an answer")
  func decides() {
    var generator = SeededGenerator(seed: 60)
    for _ in 0..<5000 {
      let bytes = (0..<35).map { _ in "AP \r\n/*x\u{5}\u{16}".utf8.randomElement(using: &generator) ?? 0 }
      #expect(classify(bytes) != .needMore)
    }
  }
}
