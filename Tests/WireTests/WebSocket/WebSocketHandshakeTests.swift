import Testing
import Wire

@Suite struct WebSocketHandshakeTests {
  private static let offer = [
    HTTPField(name: "Host", value: "h"), HTTPField(name: "Upgrade", value: "websocket"),
    HTTPField(name: "Connection", value: "keep-alive, Upgrade"),
    HTTPField(name: "Sec-WebSocket-Key", value: "dGhlIHNhbXBsZSBub25jZQ=="),
    HTTPField(name: "Sec-WebSocket-Version", value: "13"),
    HTTPField(name: "Sec-WebSocket-Protocol", value: "chat, superchat"),
    HTTPField(name: "Sec-WebSocket-Extensions", value: "permessage-deflate; client_max_window_bits, x-other"),
  ]

  private static let answer = [
    HTTPField(name: "upgrade", value: "WebSocket"), HTTPField(name: "connection", value: "upgrade"),
    HTTPField(name: "sec-websocket-accept", value: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
  ]

  private func request(_ change: (inout [HTTPField]) -> Void = { _ in }, method: String = "GET") -> RequestHead {
    var fields = Self.offer
    change(&fields)
    return RequestHead(method: method, target: "/", authority: "h", fields: fields)
  }

  private func response(
    _ extra: [HTTPField] = [], status: Int = 101, without name: String = ""
  ) -> ResponseHead {
    var fields = Self.answer
    fields.remove(named: name)
    return ResponseHead(status: status, fields: fields + extra)
  }

  private func code(_ body: () throws(WebSocketError) -> Void) -> WebSocketError.Code? {
    do throws(WebSocketError) { try body() } catch { return error.code }
    return nil
  }

  @Test("the key of RFC 6455 §1.3 has the answer that it gives")
  func accept() {
    #expect(WebSocketHandshake.accept(for: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  @Test("a handshake that both sides agree on passes")
  func agreement() throws {
    try WebSocketHandshake.check(request: request())
    #expect(try WebSocketHandshake.check(response: response(), to: request()) == nil)
    let chosen = response([
      HTTPField(name: "Sec-WebSocket-Protocol", value: "chat"),
      HTTPField(name: "Sec-WebSocket-Extensions", value: "permessage-deflate; client_max_window_bits=\"10\""),
    ])
    let deflate = try #require(try WebSocketHandshake.check(response: chosen, to: request()))
    #expect(deflate.clientWindowBits == 10)
    #expect(deflate.serverKeepsContext)
  }

  @Test("a request that is no handshake of version 13 is refused")
  func badRequests() {
    func code(_ change: @escaping (inout [HTTPField]) -> Void, method: String = "GET") -> WebSocketError.Code? {
      self.code { () throws(WebSocketError) in try WebSocketHandshake.check(request: request(change, method: method)) }
    }
    #expect(code({ _ in }, method: "POST") == .request)
    #expect(code { $0.replace(with: HTTPField(name: "Upgrade", value: "h2c")) } == .request)
    #expect(code { $0.replace(with: HTTPField(name: "Upgrade", value: "websocket, h2c")) } == .request)
    #expect(code { $0.replace(with: HTTPField(name: "Connection", value: "keep-alive")) } == .request)
    #expect(code { $0.replace(with: HTTPField(name: "Sec-WebSocket-Version", value: "8")) } == .version)
    #expect(code { $0.remove(named: "sec-websocket-key") } == .key)
    #expect(code { $0.replace(with: HTTPField(name: "Sec-WebSocket-Key", value: "short==")) } == .key)
    #expect(code { $0.append(HTTPField(name: "Sec-WebSocket-Key", value: "dGhlIHNhbXBsZSBub25jZQ==")) } == .key)
  }

  @Test("an answer that does not fit the request is refused")
  func badResponses() {
    func code(_ response: ResponseHead) -> WebSocketError.Code? {
      self.code { () throws(WebSocketError) in _ = try WebSocketHandshake.check(response: response, to: request()) }
    }
    func extensions(_ value: String) -> ResponseHead {
      response([HTTPField(name: "Sec-WebSocket-Extensions", value: value)])
    }
    #expect(code(response(status: 200)) == .response)
    #expect(code(response(without: "upgrade")) == .response)
    #expect(code(response(without: "connection")) == .response)
    #expect(code(response(without: "sec-websocket-accept")) == .accept)
    #expect(code(response([HTTPField(name: "Sec-WebSocket-Accept", value: "x")])) == .accept)
    #expect(code(response([HTTPField(name: "Sec-WebSocket-Protocol", value: "other")])) == .subprotocol)
    #expect(code(extensions("x-other")) == .extensionUnknown)
    #expect(code(extensions("permessage-deflate, permessage-deflate")) == .extensionUnknown)
    #expect(code(extensions("permessage-deflate; unknown")) == .extensionParameter)
    #expect(code(extensions("permessage-deflate; server_max_window_bits=16")) == .extensionParameter)
    #expect(code(extensions("permessage-deflate; server_max_window_bits=08")) == .extensionParameter)
    #expect(code(extensions("permessage-deflate; server_max_window_bits")) == .extensionParameter)
    #expect(code(extensions("permessage-deflate; server_no_context_takeover=1")) == .extensionParameter)
    #expect(
      code(extensions("permessage-deflate; server_max_window_bits=9; server_max_window_bits=9")) == .extensionParameter)
    #expect(code(extensions("permessage-deflate;;")) == .extensionParameter)
  }

  @Test("a window that the client did not offer to limit may not be limited")
  func unofferedWindow() {
    #expect(throws: WebSocketError(.extensionParameter)) {
      try agreed("permessage-deflate; client_max_window_bits=10", offer: "permessage-deflate")
    }
    #expect(throws: WebSocketError(.extensionUnknown)) { try agreed("permessage-deflate", offer: "x-other") }
  }

  @Test("only offers that we can read go on to the server")
  func readableOffers() {
    #expect(PerMessageDeflate.readableOffers(in: Self.offer) == "permessage-deflate; client_max_window_bits")
    #expect(
      PerMessageDeflate.readableOffers(in: [HTTPField(name: "Sec-WebSocket-Extensions", value: "x-other; a=b")]) == nil)
    #expect(PerMessageDeflate.readableOffers(in: []) == nil)
  }
}
