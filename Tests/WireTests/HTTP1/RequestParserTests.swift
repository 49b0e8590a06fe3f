import NIOCore
import Testing
import Wire

@Suite struct RequestParserTests {
  @Test("a request without a body is a head and an end, and keeps its exact bytes")
  func plainRequest() throws {
    let text = "GET /v1/models?limit=5 HTTP/1.1\r\nhost: api.example.com\r\nX-Odd:\t a  b \r\n\r\n"
    let transcript = RequestTranscript(text)
    let message = try #require(transcript.messages.first)
    #expect(transcript.error == nil)
    #expect(message.method == "GET")
    #expect(message.target == "/v1/models?limit=5")
    #expect(message.authority == "api.example.com")
    #expect(message.fields[1] == HTTPField(name: "X-Odd", value: "a  b"))
    #expect(message.framing == .none)
    #expect(message.hasEnded)
    #expect(transcript.wire == Array(text.utf8))
  }

  @Test("a body of known length ends where it says, and the next request begins there")
  func fixedLength() {
    let transcript = RequestTranscript(
      "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(transcript.messages.map(\.target) == ["/a", "/b"])
    #expect(transcript.messages[0].content == Array("hello".utf8))
    #expect(transcript.messages.map(\.hasEnded) == [true, true])
  }

  @Test("chunks are joined, extensions and trailers are seen, and the wire bytes keep all of them")
  func chunked() {
    let text =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\nTrailer: X-Sum\r\n\r\n"
      + "5;name=\"a;b\\\"\";q\r\nhello\r\n00A\r\n, wide wor\r\n2\r\nld\r\n0\r\nX-Sum: 1\r\nX-Two: 2\r\n\r\n"
    let transcript = RequestTranscript(text, closing: true)
    #expect(transcript.error == nil)
    #expect(transcript.messages[0].content == Array("hello, wide world".utf8))
    #expect(transcript.messages[0].trailers.map(\.name) == ["X-Sum", "X-Two"])
    #expect(transcript.wire == Array(text.utf8))
  }

  @Test("the CRLF after a chunk goes with the chunk, so that no client waits for the next one")
  func chunkEndIsPrompt() throws {
    var parser = RequestParser()
    parser.append(ByteBuffer(string: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"))
    _ = try parser.next()
    parser.append(ByteBuffer(string: "3\r\nabc\r\n"))
    guard case .body(let content, let wire)? = try parser.next() else { throw Missing() }
    #expect(String(buffer: content) == "abc")
    #expect(String(buffer: wire) == "3\r\nabc\r\n")
  }

  @Test("the bytes of chunk extensions are counted, since no content shows them")
  func extensionsAreCounted() throws {
    var parser = RequestParser()
    parser.append(
      ByteBuffer(string: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;abc=d\r\nx\r\n0;e\r\n\r\n"))
    while try parser.next() != nil {}
    let extensionBytes = parser.chunkExtensionBytes
    #expect(extensionBytes == 8)
  }

  @Test("body slices share the storage that came from the socket")
  func zeroCopy() throws {
    var parser = RequestParser()
    let bytes = ByteBuffer(string: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody")
    let address = bytes.withUnsafeReadableBytes { $0.baseAddress.map { $0 + 47 } }
    parser.append(bytes)
    _ = try parser.next()
    guard case .body(let content, _)? = try parser.next() else { throw Missing() }
    #expect(content.withUnsafeReadableBytes { $0.baseAddress } == address)
  }

  @Test("after CONNECT the parser stops, and hands over what came behind the head")
  func connect() {
    let transcript = RequestTranscript(
      "CONNECT api.example.com:443 HTTP/1.1\r\nHost: api.example.com:443\r\n\r\n\u{16}\u{03}\u{01}")
    #expect(transcript.messages[0].method == "CONNECT")
    #expect(transcript.messages[0].hasEnded)
    #expect(transcript.remaining == [0x16, 0x03, 0x01])
  }

  @Test("CONNECT of an old client without Host is known by its target")
  func connectWithoutHost() {
    let transcript = RequestTranscript("CONNECT [2001:db8::1]:8443 HTTP/1.0\r\n\r\n")
    #expect(transcript.messages.first?.authority == "[2001:db8::1]:8443")
  }

  @Test("after an upgrade that was refused, the next request is read")
  func refusedUpgrade() throws {
    var parser = RequestParser()
    let upgrade = "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    parser.append(ByteBuffer(string: upgrade + "GET /next HTTP/1.1\r\nHost: h\r\n\r\n"))
    while try parser.next() != nil {}
    let isAwaitingSwitch = parser.isAwaitingSwitch
    #expect(isAwaitingSwitch)
    parser.resume()
    guard case .head(let head, _)? = try parser.next() else { throw Missing() }
    #expect(head.target == "/next")
  }

  @Test("Upgrade without Connection: upgrade changes nothing")
  func upgradeNotNominated() {
    let transcript = RequestTranscript(
      "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(transcript.messages.count == 2)
  }

  @Test("an absolute target gives scheme, and its own origin-form")
  func absoluteForm() throws {
    var parser = RequestParser()
    parser.append(ByteBuffer(string: "GET http://Example.com:80?q=1 HTTP/1.1\r\nHost: example.COM\r\n\r\n"))
    guard case .head(let head, _)? = try parser.next() else { throw Missing() }
    #expect(head.scheme == "http")
    #expect(head.originTarget == "/?q=1")
  }

  @Test("one empty line before a request is passed over, two are not")
  func emptyLine() {
    let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    #expect(RequestTranscript("\r\n" + request).messages.count == 1)
    #expect(RequestTranscript(request + "\r\n" + request).messages.count == 2)
    #expect(RequestTranscript("\r\n\r\n" + request).error == .emptyStartLine)
  }

  @Test("an error is final")
  func errorIsFinal() {
    var parser = RequestParser()
    parser.append(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n"))
    var errors: [HTTPSyntaxError.Code] = []
    for _ in 0..<2 {
      do throws(HTTPSyntaxError) { _ = try parser.next() } catch { errors.append(error.code) }
      parser.append(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: h\r\n\r\n"))
    }
    do throws(HTTPSyntaxError) { try parser.finish() } catch { errors.append(error.code) }
    #expect(errors == [.loneLineFeed, .loneLineFeed, .loneLineFeed])
  }

  @Test(
    "a connection that ends within a request is told from one that ends between two",
    arguments: [
      ("", nil), ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", nil), ("G", HTTPSyntaxError.Code.truncated),
      ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhell", .truncated),
      ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", .truncated),
    ] as [(String, HTTPSyntaxError.Code?)])
  func closing(text: String, error: HTTPSyntaxError.Code?) {
    #expect(RequestTranscript(text, closing: true).error == error)
  }

  @Test("bytes after a request that said close are refused")
  func dataAfterClose() {
    let closing = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    #expect(RequestTranscript(closing).error == nil)
    #expect(RequestTranscript(closing + "G").error == .dataAfterClose)
    #expect(RequestTranscript("GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n").error == .dataAfterClose)
    #expect(
      RequestTranscript("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET / HTTP/1.0\r\n\r\n").messages.count == 2)
  }

  @Test("the facts that doors ask for are read from the fields")
  func facts() throws {
    var parser = RequestParser()
    parser.append(
      ByteBuffer(
        string: "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nConnection: keep-alive, upgrade\r\n"
          + "Upgrade: WebSocket, h2c\r\nContent-Length: 0\r\n\r\n"))
    guard case .head(let head, let framing)? = try parser.next() else { throw Missing() }
    #expect(head.expectsContinue)
    #expect(head.upgradeProtocols == ["websocket", "h2c"])
    #expect(head.connectionPersists)
    #expect(framing == .length(0))
  }
}

/// An event that should have come and did not.
struct Missing: Error {}
