import NIOCore
import Testing
import Wire

@Suite struct ResponseParserTests {
  @Test(
    "status and request method decide whether a body follows (RFC 9112 §6.3)",
    arguments: [
      ("GET", "200 OK", "Content-Length: 3", BodyFraming.length(3)),
      ("GET", "200 OK", "Transfer-Encoding: chunked", .chunked),
      ("GET", "200 OK", "X: y", .untilClose),
      ("HEAD", "200 OK", "Content-Length: 3", .none),
      ("HEAD", "200 OK", "Transfer-Encoding: chunked", .none),
      ("GET", "204 No Content", "X: y", .none),
      ("GET", "304 Not Modified", "Content-Length: 3", .none),
      ("CONNECT", "200 Connection established", "X: y", .none),
      ("CONNECT", "407 Proxy Authentication Required", "Content-Length: 3", .length(3)),
    ])
  func framing(method: String, status: String, field: String, framing: BodyFraming) {
    let transcript = ResponseTranscript("HTTP/1.1 \(status)\r\n\(field)\r\n\r\n", to: method)
    #expect(transcript.error == nil)
    #expect(transcript.messages.first?.framing == framing)
    #expect(transcript.messages.first?.hasEnded == (framing == .none))
  }

  @Test("interim answers come before the final one, and none of them ends the exchange")
  func interim() {
    let text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
      + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    let transcript = ResponseTranscript(text)
    #expect(transcript.messages.map(\.status) == [100, 103, 200])
    #expect(transcript.messages.last?.content == Array("ok".utf8))
    #expect(transcript.wire == Array(text.utf8))
    #expect(transcript.isReusable)
  }

  @Test("a body without length lasts until the connection ends")
  func untilClose() {
    let transcript = ResponseTranscript("HTTP/1.0 200 OK\r\n\r\nall of it", closing: true)
    #expect(transcript.messages.first?.content == Array("all of it".utf8))
    #expect(transcript.messages.first?.hasEnded == true)
    #expect(!transcript.isReusable)
  }

  @Test("101 to a request that offered it hands over what follows")
  func upgrade() {
    let text = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\u{1}\u{2}"
    let transcript = ResponseTranscript(text, upgrade: true)
    #expect(transcript.messages.first?.hasEnded == true)
    #expect(transcript.remaining == [1, 2])
    #expect(ResponseTranscript(text).error?.code == .unexpectedSwitch)
  }

  @Test("2xx to CONNECT hands over what follows, whatever length it claims")
  func connect() {
    let transcript = ResponseTranscript("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\u{16}", to: "CONNECT")
    #expect(transcript.remaining == [0x16])
  }

  @Test("an answer that nobody asked for is refused, so that no pooled connection takes it for its own")
  func unsolicited() {
    let transcript = ResponseTranscript([Array("HTTP/1.1 408 Request Timeout\r\n\r\n".utf8)], to: [])
    #expect(transcript.error?.code == .unsolicited)
    #expect(transcript.error?.status == 502)
    let twice = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\n\r\n"
    #expect(ResponseTranscript(twice).error?.code == .unsolicited)
  }

  @Test("answers to pipelined requests are matched in order")
  func pipelined() {
    let text =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    let requests = ["HEAD", "GET"].map { RequestHead(method: $0, target: "/", authority: "h") }
    let transcript = ResponseTranscript([Array(text.utf8)], to: requests)
    #expect(transcript.messages.map { $0.content.count } == [0, 5])
    #expect(transcript.isReusable)
  }

  @Test(
    "a connection is reusable only after a whole answer that did not say close",
    arguments: [
      ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true),
      ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n", false),
      ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false),
      ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", true),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", false),
    ])
  func reuse(text: String, isReusable: Bool) {
    #expect(ResponseTranscript(text).isReusable == isReusable)
  }

  @Test(
    "malformed answers are refused, always as 502",
    arguments: [
      ("HTTP/1.1 200 OK\nX: y\r\n\r\n", HTTPSyntaxError.Code.loneLineFeed),
      ("HTTP/1.1 20 OK\r\n\r\n", .statusLine), ("HTTP/1.1 099 OK\r\n\r\n", .statusLine),
      ("HTTP/1.1  200 OK\r\n\r\n", .statusLine), ("HTTP/1.1 2000 OK\r\n\r\n", .statusLine),
      ("HTTP/2 200\r\n\r\n", .statusLine), ("HTTP/2.0 200 OK\r\n\r\n", .versionUnsupported),
      ("ICY 200 OK\r\n\r\n", .statusLine), ("\r\nHTTP/1.1 200 OK\r\n\r\n", .statusLine),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthAndEncoding),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .lengthRepeated),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n", .length),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .encodingNotChunked),
      ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .encodingInOldVersion),
      ("HTTP/1.1 200 OK\r\nX : y\r\n\r\n", .spaceBeforeColon),
      ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\nmore", .dataAfterClose),
      ("HTTP/1.1 204 No Content\r\n\r\nbody", .unsolicited),
    ] as [(String, HTTPSyntaxError.Code)])
  func malformed(text: String, code: HTTPSyntaxError.Code) {
    for pieces in splits(of: Array(text.utf8), random: 5, seed: 3) {
      let transcript = ResponseTranscript(pieces, to: [RequestHead(method: "GET", target: "/", authority: "h")])
      #expect(transcript.error?.code == code)
      #expect(transcript.error?.status == 502)
    }
  }

  @Test("a missing space before an empty reason is tolerated")
  func noReason() {
    #expect(ResponseTranscript("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n").messages.first?.status == 200)
  }

  @Test("a connection that ends within an answer, or before it, is an error")
  func truncated() {
    for text in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na"] {
      #expect(ResponseTranscript(text, closing: true).error?.code == .truncated)
    }
  }
}
