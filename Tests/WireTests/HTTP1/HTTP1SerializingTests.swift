import Evidence
import NIOCore
import Testing
import Wire

@Suite struct HTTP1SerializingTests {
  private func parse(_ text: String) throws -> RequestHead {
    var parser = RequestParser()
    parser.append(ByteBuffer(string: text))
    guard case .head(let head, _)? = try parser.next() else { throw Missing() }
    return head
  }

  @Test("a proxy's request becomes a server's, and every other byte stays as it was sent")
  func toOriginForm() throws {
    let head = try parse(
      "POST http://api.example.com/v1?a=b HTTP/1.1\r\nhOsT: api.example.com\r\nX-Odd:\t two  spaces \r\n"
        + "proxy-connection: keep-alive\r\nPROXY-Authorization: Basic eA==\r\nrequest-id:7\r\n\r\n")
    let rewritten = try head.rewritten(target: head.originTarget, removing: RequestHead.proxyFields)
    #expect(
      rewritten.raw.map { String(buffer: $0) }
        == "POST /v1?a=b HTTP/1.1\r\nhOsT: api.example.com\r\nX-Odd:\t two  spaces \r\nrequest-id:7\r\n\r\n")
    #expect(rewritten.fields.map(\.name) == ["hOsT", "X-Odd", "request-id"])
    #expect(rewritten.target == "/v1?a=b")
  }

  @Test("a replaced field keeps its place and spelling, its repetitions go, a new one is appended")
  func replacing() throws {
    let head = try parse("GET / HTTP/1.1\r\nHost: h\r\naccept-ENCODING: br\r\nX: 1\r\nAccept-Encoding: zstd\r\n\r\n")
    let rewritten = try head.rewritten(replacing: [
      HTTPField(name: "Accept-Encoding", value: "gzip"), HTTPField(name: "New", value: "yes"),
    ])
    #expect(
      rewritten.raw.map { String(buffer: $0) }
        == "GET / HTTP/1.1\r\nHost: h\r\naccept-ENCODING: gzip\r\nX: 1\r\nNew: yes\r\n\r\n")
    #expect(rewritten.fields.all(named: "accept-encoding") == ["gzip"])
    let reread = try parse(String(buffer: rewritten.serialized()))
    #expect(reread.fields.map(\.value) == rewritten.fields.map(\.value))
  }

  @Test("bytes that are not UTF-8 survive a rewriting of their neighbours")
  func opaqueBytes() throws {
    var bytes = ByteBuffer(string: "GET / HTTP/1.1\r\nHost: h\r\nX: ")
    bytes.writeBytes([0xff, 0xfe])
    bytes.writeString("\r\nY: 1\r\n\r\n")
    var parser = RequestParser()
    parser.append(bytes)
    guard case .head(let head, _)? = try parser.next() else { throw Missing() }
    let raw = try #require(try head.rewritten(removing: ["y"]).raw)
    #expect(Array(raw.readableBytesView.suffix(9)) == Array("X: ".utf8) + [0xff, 0xfe] + Array("\r\n\r\n".utf8))
  }

  @Test("nothing to change changes nothing")
  func unchanged() throws {
    let text = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    #expect(try parse(text).rewritten().raw == ByteBuffer(string: text))
  }

  @Test(
    "no value can start a line of its own",
    arguments: ["a\r\nX: y", "a\nb", "a\rb", "a\0", "a\u{7f}"])
  func injection(value: String) throws {
    let head = try parse("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
    let field = HTTPField(name: "Authorization", value: value)
    #expect(throws: HTTPSyntaxError(.fieldValue)) { try head.rewritten(replacing: [field]) }
    #expect(throws: HTTPSyntaxError(.fieldValue)) {
      try RequestHead(method: "GET", target: "/", authority: "h", fields: [field]).serialized()
    }
    #expect(throws: HTTPSyntaxError(.fieldValue)) { try ResponseHead(status: 200, fields: [field]).serialized() }
    #expect(throws: HTTPSyntaxError(.fieldValue)) {
      try ChunkedEncoding.end(trailers: [HTTPField(name: "X", value: value)])
    }
    #expect(throws: HTTPSyntaxError.self) { try head.rewritten(target: "/" + value) }
    #expect(throws: HTTPSyntaxError.self) { try ResponseHead(status: 200, reason: value).serialized() }
  }

  @Test("what came over HTTP/2 is checked like HTTP/1 before it is written as such")
  func downgrade() throws {
    func error(_ fields: [(String, String)], target: String = "/", method: String = "POST") -> HTTPSyntaxError.Code? {
      let head = RequestHead(
        method: method, target: target, scheme: "https", authority: "h", version: .http2,
        fields: fields.map { HTTPField(name: $0.0, value: $0.1) })
      do throws(HTTPSyntaxError) { _ = try head.serialized() } catch { return error.code }
      return nil
    }
    #expect(error([("content-length", "1")]) == nil)
    #expect(error([("content-length", "1"), ("transfer-encoding", "chunked")]) == .lengthAndEncoding)
    #expect(error([("content-length", "1"), ("content-length", "1")]) == .lengthRepeated)
    #expect(error([("host", "other")]) == .hostDiffers)
    #expect(error([("x: y\r\nz", "1")]) == .fieldName)
    #expect(error([], target: "/ HTTP/1.1\r\nX: y") == .target)
    #expect(error([], method: "GET /x") == .method)
  }

  @Test("an error answer says status, reason, length and close, and has no body for HEAD")
  func errorResponse() throws {
    let answer = HTTPErrorResponse(HTTPSyntaxError(.hostMissing))
    let text = String(buffer: try answer.serialized(answering: "GET"))
    #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
    #expect(text.contains("Content-Length: \(answer.body.readableBytes)\r\nConnection: close\r\n\r\nsallyport: "))
    #expect(String(buffer: try answer.serialized(answering: "HEAD")).hasSuffix("\r\n\r\n"))
    #expect(!answer.head(version: .http2).fields.contains(named: "connection"))
    let json = try HTTPErrorResponse(status: 403, json: ["error": "no"], closes: false)
    #expect(
      String(buffer: try json.serialized(answering: "POST")).hasSuffix("Content-Length: 14\r\n\r\n{\"error\":\"no\"}"))
  }

  @Test("an error answer that we write is read back by our own parser")
  func errorResponseRoundTrip() throws {
    let bytes = try HTTPErrorResponse(status: 451, text: "no", closes: false).serialized(answering: "GET")
    let transcript = ResponseTranscript(String(buffer: bytes))
    #expect(transcript.messages.first?.content == Array("no".utf8))
    #expect(transcript.isReusable)
  }
}
