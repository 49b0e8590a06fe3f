import NIOCore
import Testing
import Wire

/// Each limit is met exactly and then exceeded by one.
@Suite struct HTTP1LimitTests {
  private static let small: WireLimits = {
    var limits = WireLimits()
    limits.headBytes = 200
    limits.targetBytes = 20
    limits.headFields = 4
    limits.methodBytes = 5
    limits.chunkExtensionBytes = 10
    limits.chunkSizeDigits = 4
    limits.trailerBytes = 40
    limits.trailerFields = 2
    limits.interimResponses = 2
    return limits
  }()

  private func error(_ text: String) -> HTTPSyntaxError.Code? {
    let codes = splits(of: Array(text.utf8), random: 2, seed: 1).map {
      RequestTranscript($0, limits: Self.small).error
    }
    #expect(codes.allSatisfy { $0 == codes.first }, "the error depends on how the bytes were cut")
    return codes.first ?? nil
  }

  private func chunked(_ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body
  }

  @Test("a head may have its limit of bytes and no more")
  func head() {
    let start = "GET / HTTP/1.1\r\nHost: h\r\nX: "
    let fitting = start + String(repeating: "x", count: 200 - start.utf8.count - 4) + "\r\n\r\n"
    #expect(fitting.utf8.count == 200)
    #expect(error(fitting) == nil)
    #expect(error(start + "x" + fitting.dropFirst(start.count)) == .headTooLarge)
    #expect(error(start + String(repeating: "x", count: 500)) == .headTooLarge)
    #expect(HTTPSyntaxError(.headTooLarge).status == 431)
  }

  @Test("a target may have its limit of bytes and no more, and an endless one is 414, not 431")
  func target() {
    #expect(error("GET /" + String(repeating: "a", count: 19) + " HTTP/1.1\r\nHost: h\r\n\r\n") == nil)
    #expect(error("GET /" + String(repeating: "a", count: 20) + " HTTP/1.1\r\nHost: h\r\n\r\n") == .targetTooLong)
    #expect(error("GET /" + String(repeating: "a", count: 300)) == .targetTooLong)
    #expect(HTTPSyntaxError(.targetTooLong).status == 414)
  }

  @Test("fields are counted")
  func fields() {
    let four = "GET / HTTP/1.1\r\nHost: h\r\nA: 1\r\nB: 2\r\nC: 3\r\n"
    #expect(error(four + "\r\n") == nil)
    #expect(error(four + "D: 4\r\n\r\n") == .tooManyFields)
    #expect(HTTPSyntaxError(.tooManyFields).status == 431)
  }

  @Test("a method longer than any known is 501")
  func method() {
    #expect(error("ABCDE / HTTP/1.1\r\nHost: h\r\n\r\n") == nil)
    #expect(error("ABCDEF / HTTP/1.1\r\nHost: h\r\n\r\n") == .methodTooLong)
    #expect(HTTPSyntaxError(.methodTooLong).status == 501)
  }

  @Test("chunk sizes have a limited number of digits, zeros too")
  func chunkSize() {
    #expect(error(chunked("0001\r\na\r\n0000\r\n\r\n")) == nil)
    #expect(error(chunked("00001\r\na\r\n")) == .chunkSizeTooLarge)
  }

  @Test("chunk extensions have a limited length")
  func chunkExtension() {
    #expect(error(chunked("1;a=4567890\r\na\r\n0\r\n\r\n")) == nil)
    #expect(error(chunked("1;a=45678901\r\na\r\n0\r\n\r\n")) == .chunkExtensionTooLong)
    #expect(error(chunked("1;a=\"678901\"\r\na\r\n0\r\n\r\n")) == .chunkExtensionTooLong)
    #expect(error(chunked("1;a;b;c;d;e;f\r\na\r\n0\r\n\r\n")) == .chunkExtensionTooLong)
  }

  @Test("a trailer section has limited bytes and fields")
  func trailers() {
    #expect(error(chunked("0\r\nA: 1\r\nB: 2\r\n\r\n")) == nil)
    #expect(error(chunked("0\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n")) == .tooManyTrailers)
    let fitting = "A: " + String(repeating: "x", count: 33) + "\r\n\r\n"
    #expect(error(chunked("0\r\n" + fitting)) == nil)
    #expect(error(chunked("0\r\nA" + fitting)) == .trailersTooLarge)
  }

  @Test("interim answers are counted, for each request anew")
  func interim() {
    let interim = "HTTP/1.1 100 Continue\r\n\r\n"
    let final = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    let request = RequestHead(method: "GET", target: "/", authority: "h")
    let fine = ResponseTranscript(
      [Array((interim + interim + final + interim + interim + final).utf8)], to: [request, request],
      limits: Self.small)
    #expect(fine.error == nil)
    let flood = ResponseTranscript(interim + interim + interim + final, limits: Self.small)
    #expect(flood.error?.code == .tooManyInterimResponses)
  }

  @Test("what exceeds a limit says which one can be raised")
  func remedy() {
    #expect(HTTPSyntaxError(.headTooLarge).remedy.contains("limits.head-bytes"))
    #expect(HTTPSyntaxError(.headTooLarge).sentence == "The request is malformed: the head is too large (RFC 6585 §5).")
  }
}
