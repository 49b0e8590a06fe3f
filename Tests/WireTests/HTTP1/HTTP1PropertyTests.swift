import NIOCore
import Testing
import Wire

@Suite struct HTTP1PropertyTests {
  private static let session = Array(
    ("GET /a?b HTTP/1.1\r\nHost: h\r\nX-Empty:\r\n\r\n"
      + "POST /c HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello\r\n\r\nab"
      + "\r\nPUT http://h/d HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "4;x=\"\\\"\"\r\nabcd\r\n1\r\n\r\r\n0\r\nT: u\r\n\r\n"
      + "OPTIONS * HTTP/1.1\r\nHost: h\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nrest").utf8)

  private static let answers = Array(
    ("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
      + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a\r\nhello\r\n0\r\nGrpc-Status: 0\r\n\r\n"
      + "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 \r\n\r\nuntil the end").utf8)

  @Test("requests are the same however their bytes are cut")
  func requestSplits() {
    let whole = RequestTranscript([Self.session])
    #expect(whole.error == nil)
    #expect(whole.messages.count == 4)
    #expect(whole.remaining == Array("rest".utf8))
    for pieces in splits(of: Self.session, random: 200, seed: 11) {
      #expect(RequestTranscript(pieces) == whole)
    }
  }

  @Test("responses are the same however their bytes are cut")
  func responseSplits() {
    let requests = Array(repeating: RequestHead(method: "GET", target: "/", authority: "h"), count: 4)
    let whole = ResponseTranscript([Self.answers], to: requests, closing: true)
    #expect(whole.error == nil)
    #expect(whole.messages.map(\.status) == [103, 200, 200, 304, 200])
    #expect(whole.wire == Self.answers)
    for pieces in splits(of: Self.answers, random: 200, seed: 12) {
      #expect(ResponseTranscript(pieces, to: requests, closing: true) == whole)
    }
  }

  @Test("mutated bytes never crash, and give the same result whole and in pieces")
  func mutations() {
    var generator = SeededGenerator(seed: 2026)
    let alphabet = Array("\r\n\t :;,=\"\\/0123456789abcdefXHT.*#".utf8) + [0, 0x7f, 0x80, 0xff]
    for _ in 0..<4000 {
      var bytes = Self.session
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = alphabet.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
        }
      }
      let whole = RequestTranscript([bytes], closing: true)
      #expect(RequestTranscript(bytes.map { [$0] }, closing: true) == whole)
      #expect(bytes.count >= whole.wire.count)
    }
  }

  @Test("random bytes never crash either parser")
  func randomBytes() {
    var generator = SeededGenerator(seed: 99)
    let request = RequestHead(method: "GET", target: "/", authority: "h")
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let prefix = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
      _ = RequestTranscript([bytes], closing: true)
      _ = ResponseTranscript([bytes], to: [request], closing: true)
      _ = ResponseTranscript([prefix + bytes], to: [request], closing: true)
    }
  }

  @Test("a chunked body that we write is read back as it was")
  func chunkedRoundTrip() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<100 {
      let pieces = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        (0..<Int.random(in: 0...300, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
      let trailers = [HTTPField(name: "X-Sum", value: "\(pieces.count)")]
      var bytes = Array("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
      for piece in pieces { bytes += ChunkedEncoding.chunk(ByteBuffer(bytes: piece)).readableBytesView }
      bytes += try ChunkedEncoding.end(trailers: trailers).readableBytesView
      let transcript = RequestTranscript([bytes], closing: true)
      #expect(transcript.error == nil)
      #expect(transcript.messages.first?.content == pieces.flatMap { $0 })
      #expect(transcript.messages.first?.trailers == trailers)
    }
  }

  @Test("a head that we write is read back as it was")
  func headRoundTrip() throws {
    var generator = SeededGenerator(seed: 6)
    let names = ["X-A", "Accept", "anthropic-beta", "Cookie", "X-Trace"]
    for _ in 0..<200 {
      let fields = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        HTTPField(
          name: names.randomElement(using: &generator) ?? "X",
          value: String(
            (0..<Int.random(in: 0...20, using: &generator)).map { _ in
              "abc;=,\"é".randomElement(using: &generator) ?? "a"
            }))
      }
      let head = RequestHead(method: "PATCH", target: "/a/b?c=%20", authority: "[::1]:8080", fields: fields)
      let transcript = RequestTranscript([Array(try head.serialized().readableBytesView)])
      #expect(transcript.error == nil)
      #expect(transcript.messages.first?.authority == "[::1]:8080")
      #expect(transcript.messages.first?.fields.dropFirst().map { $0 } == fields)
    }
  }
}
