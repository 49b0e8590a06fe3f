import NIOCore
import Testing
import Wire

/// Requests that two readers could take differently. Each must be refused, with that error and that status.
@Suite struct SmugglingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let section: String
    let text: String
    let code: HTTPSyntaxError.Code
    var status = 400
    var testDescription: String { "\(name) (\(section))" }
  }

  private static func post(_ fields: String, body: String = "", version: String = "1.1") -> String {
    "POST / HTTP/\(version)\r\nHost: h\r\n\(fields)\r\n\r\n\(body)"
  }

  private static func chunked(_ body: String) -> String {
    post("Transfer-Encoding: chunked", body: body)
  }

  private static func get(_ line: String, _ fields: String = "Host: h") -> String {
    "\(line)\r\n\(fields)\r\n\r\n"
  }

  static let framing: [Case] = [
    Case(
      name: "length and chunked (CL.TE)", section: "9112 §6.3",
      text: post("Content-Length: 6\r\nTransfer-Encoding: chunked", body: "0\r\n\r\nG"), code: .lengthAndEncoding),
    Case(
      name: "chunked and length (TE.CL)", section: "9112 §6.3",
      text: post("Transfer-Encoding: chunked\r\nContent-Length: 3", body: "8\r\nSMUGGLED\r\n0\r\n\r\n"),
      code: .lengthAndEncoding),
    Case(
      name: "two chunked fields (TE.TE)", section: "9112 §6.1",
      text: post("Transfer-Encoding: chunked\r\nTransfer-encoding: chunked"), code: .encodingNotChunked),
    Case(
      name: "chunked and an unknown coding (TE.TE)", section: "9112 §6.3",
      text: post("Transfer-Encoding: chunked\r\nTransfer-encoding: cow"), code: .encodingNotChunked),
    Case(
      name: "coding with a prefix", section: "9112 §6.3", text: post("Transfer-Encoding: xchunked"),
      code: .encodingNotChunked),
    Case(
      name: "identity", section: "9112 §7", text: post("Transfer-Encoding: identity"), code: .encodingNotChunked),
    Case(
      name: "gzip before chunked", section: "9112 §6.1", text: post("Transfer-Encoding: gzip, chunked"),
      code: .encodingUnsupported, status: 501),
    Case(
      name: "chunked before gzip", section: "9112 §6.3", text: post("Transfer-Encoding: chunked, gzip"),
      code: .encodingNotChunked),
    Case(
      name: "chunked twice", section: "9112 §6.1", text: post("Transfer-Encoding: chunked, chunked"),
      code: .encodingNotChunked),
    Case(
      name: "chunked with a parameter", section: "9112 §7.1", text: post("Transfer-Encoding: chunked;a=b"),
      code: .encodingNotChunked),
    Case(
      name: "chunked and an empty element", section: "9112 §6.3", text: post("Transfer-Encoding: chunked,"),
      code: .encodingNotChunked),
    Case(name: "empty coding", section: "9112 §6.3", text: post("Transfer-Encoding:"), code: .encodingNotChunked),
    Case(
      name: "quoted coding", section: "9112 §6.3", text: post("Transfer-Encoding: \"chunked\""),
      code: .encodingNotChunked),
    Case(
      name: "vertical tab before chunked", section: "9110 §5.5", text: post("Transfer-Encoding: \u{b}chunked"),
      code: .controlCharacter),
    Case(
      name: "chunked in HTTP/1.0", section: "9112 §6.1",
      text: post("Transfer-Encoding: chunked", body: "0\r\n\r\n", version: "1.0"), code: .encodingInOldVersion),
    Case(
      name: "two lengths that differ", section: "9112 §6.3", text: post("Content-Length: 6\r\nContent-Length: 5"),
      code: .lengthRepeated),
    Case(
      name: "two lengths that are equal", section: "9112 §6.3", text: post("Content-Length: 5\r\nContent-Length: 5"),
      code: .lengthRepeated),
    Case(name: "list of lengths", section: "9112 §6.3", text: post("Content-Length: 5, 5"), code: .length),
    Case(name: "length with a plus", section: "9110 §8.6", text: post("Content-Length: +5"), code: .length),
    Case(name: "negative length", section: "9110 §8.6", text: post("Content-Length: -5"), code: .length),
    Case(name: "hexadecimal length", section: "9110 §8.6", text: post("Content-Length: 0x5"), code: .length),
    Case(name: "length with a space inside", section: "9110 §8.6", text: post("Content-Length: 1 0"), code: .length),
    Case(name: "empty length", section: "9110 §8.6", text: post("Content-Length: "), code: .length),
    Case(name: "length in other digits", section: "9110 §8.6", text: post("Content-Length: ٥"), code: .length),
    Case(
      name: "length that overflows", section: "9110 §8.6", text: post("Content-Length: 18446744073709551621"),
      code: .lengthTooLarge, status: 413),
    Case(
      name: "CONNECT with a body", section: "9110 §9.3.6",
      text: "CONNECT h:443 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", code: .bodyNotAllowed),
    Case(
      name: "TRACE with a body", section: "9110 §9.3.8",
      text: "TRACE / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", code: .bodyNotAllowed),
    Case(
      name: "Connection takes away the length", section: "9110 §7.6.1",
      text: post("Connection: Content-Length\r\nContent-Length: 5"), code: .connectionOption),
    Case(
      name: "Connection takes away the host", section: "9110 §7.6.1", text: post("Connection: close, host"),
      code: .connectionOption),
  ]

  static let fields: [Case] = [
    Case(
      name: "space before the colon", section: "9112 §5.1", text: post("Transfer-Encoding : chunked"),
      code: .spaceBeforeColon),
    Case(
      name: "tab before the colon", section: "9112 §5.1", text: post("Content-Length\t: 5"), code: .spaceBeforeColon),
    Case(name: "folded line", section: "9112 §5.2", text: post("X: a\r\n b"), code: .foldedLine),
    Case(
      name: "folded first line", section: "9112 §2.2", text: "GET / HTTP/1.1\r\n Host: h\r\n\r\n", code: .foldedLine),
    Case(
      name: "folded coding", section: "9112 §5.2", text: post("Transfer-Encoding:\r\n chunked"), code: .foldedLine),
    Case(
      name: "LF alone ends a field", section: "9112 §2.2", text: post("X: a\nTransfer-Encoding: chunked"),
      code: .loneLineFeed),
    Case(
      name: "LF alone ends the head", section: "9112 §2.2", text: "GET / HTTP/1.1\r\nHost: h\r\n\n",
      code: .loneLineFeed),
    Case(
      name: "CR alone in a value", section: "9112 §2.2", text: post("X: a\rTransfer-Encoding: chunked"),
      code: .loneCarriageReturn),
    Case(name: "CR CR LF", section: "9112 §2.2", text: post("X: a\r"), code: .loneCarriageReturn),
    Case(name: "NUL in a value", section: "9110 §5.5", text: post("X: a\0b"), code: .controlCharacter),
    Case(name: "DEL in a value", section: "9110 §5.5", text: post("X: a\u{7f}b"), code: .controlCharacter),
    Case(name: "NUL in a name", section: "9110 §5.1", text: post("X\0Y: a"), code: .controlCharacter),
    Case(name: "space within a name", section: "9112 §5", text: post("X Y: a"), code: .fieldName),
    Case(name: "name with a quote", section: "9110 §5.6.2", text: post("X\"Y: a"), code: .fieldName),
    Case(name: "name above ASCII", section: "9110 §5.1", text: post("Ünder: a"), code: .fieldName),
    Case(name: "line without a colon", section: "9112 §5", text: post("Garbage"), code: .fieldName),
    Case(name: "no name", section: "9112 §5", text: post(": a"), code: .emptyFieldName),
    Case(name: "no Host", section: "9112 §3.2", text: get("GET / HTTP/1.1", "X: y"), code: .hostMissing),
    Case(
      name: "two Hosts", section: "9112 §3.2", text: get("GET / HTTP/1.1", "Host: a\r\nHost: b"), code: .hostRepeated),
    Case(
      name: "two equal Hosts", section: "9112 §3.2", text: get("GET / HTTP/1.1", "Host: a\r\nhost: a"),
      code: .hostRepeated),
    Case(
      name: "two Hosts in HTTP/1.0", section: "9112 §3.2", text: get("GET / HTTP/1.0", "Host: a\r\nHost: b"),
      code: .hostRepeated),
    Case(name: "empty Host", section: "9110 §7.2", text: get("GET / HTTP/1.1", "Host:"), code: .host),
    Case(name: "list of Hosts", section: "9110 §7.2", text: get("GET / HTTP/1.1", "Host: a, b"), code: .host),
    Case(name: "Host with a path", section: "9110 §7.2", text: get("GET / HTTP/1.1", "Host: a/b"), code: .host),
    Case(name: "Host with a user", section: "9110 §4.2.4", text: get("GET / HTTP/1.1", "Host: a@b"), code: .host),
    Case(
      name: "Host with a wrong port", section: "9110 §7.2", text: get("GET / HTTP/1.1", "Host: a:65536"), code: .host),
  ]

  static let startLines: [Case] = [
    Case(
      name: "absolute target, other Host", section: "9112 §3.2.2",
      text: get("GET http://evil.example/ HTTP/1.1", "Host: good.example"), code: .hostDiffers),
    Case(
      name: "absolute target, other port", section: "9112 §3.2.2",
      text: get("GET http://h:8080/ HTTP/1.1", "Host: h"), code: .hostDiffers),
    Case(
      name: "CONNECT, other Host", section: "9112 §3.2.3",
      text: get("CONNECT evil.example:443 HTTP/1.1", "Host: good.example:443"), code: .hostDiffers),
    Case(
      name: "absolute target with a user", section: "9110 §4.2.4",
      text: get("GET http://good.example@evil.example/ HTTP/1.1", "Host: evil.example"), code: .host),
    Case(
      name: "absolute target without a host", section: "9110 §4.2.1", text: get("GET http:///x HTTP/1.1"), code: .host),
    Case(
      name: "other scheme", section: "9112 §3.2", text: get("GET ftp://h/ HTTP/1.1"), code: .targetForm),
    Case(name: "CONNECT without a port", section: "9112 §3.2.3", text: get("CONNECT h HTTP/1.1"), code: .targetForm),
    Case(name: "CONNECT to a path", section: "9112 §3.2.3", text: get("CONNECT / HTTP/1.1"), code: .targetForm),
    Case(name: "asterisk without OPTIONS", section: "9112 §3.2.4", text: get("GET * HTTP/1.1"), code: .targetForm),
    Case(name: "target without a slash", section: "9112 §3.2.1", text: get("GET x HTTP/1.1"), code: .targetForm),
    Case(name: "target with a fragment", section: "9112 §3.2", text: get("GET /#a HTTP/1.1"), code: .target),
    Case(name: "target above ASCII", section: "9112 §3.2", text: get("GET /ä HTTP/1.1"), code: .target),
    Case(name: "space in the target", section: "9112 §3.2", text: get("GET /a b HTTP/1.1"), code: .startLine),
    Case(name: "two spaces", section: "9112 §3", text: get("GET  / HTTP/1.1"), code: .startLine),
    Case(name: "space at the end", section: "9112 §3", text: get("GET / HTTP/1.1 "), code: .startLine),
    Case(name: "space at the start", section: "9112 §3", text: get(" GET / HTTP/1.1"), code: .startLine),
    Case(name: "tab between", section: "9112 §3", text: get("GET\t/ HTTP/1.1"), code: .method),
    Case(name: "no version (HTTP/0.9)", section: "9112 §2.3", text: get("GET /"), code: .startLine),
    Case(name: "lower-case version", section: "9112 §2.3", text: get("GET / http/1.1"), code: .startLine),
    Case(name: "version with two digits", section: "9112 §2.3", text: get("GET / HTTP/1.10"), code: .startLine),
    Case(
      name: "version 2", section: "9110 §15.6.6", text: get("GET / HTTP/2.0"), code: .versionUnsupported, status: 505),
    Case(
      name: "version 1.2", section: "9110 §15.6.6", text: get("GET / HTTP/1.2"), code: .versionUnsupported,
      status: 505),
    Case(name: "method with a colon", section: "9112 §3.1", text: get("GE:T / HTTP/1.1"), code: .method),
    Case(name: "ESC in the target", section: "9112 §3.2", text: get("GET /\u{1b} HTTP/1.1"), code: .controlCharacter),
  ]

  static let chunks: [Case] = [
    Case(name: "no size", section: "9112 §7.1", text: chunked("\r\n"), code: .chunkSize),
    Case(name: "size with 0x", section: "9112 §7.1", text: chunked("0x5\r\nhello\r\n"), code: .chunkSize),
    Case(name: "negative size", section: "9112 §7.1", text: chunked("-1\r\n"), code: .chunkSize),
    Case(name: "space before the size", section: "9112 §7.1", text: chunked(" 5\r\nhello\r\n"), code: .chunkSize),
    Case(name: "space after the size", section: "9112 §7.1.1", text: chunked("5 \r\nhello\r\n"), code: .chunkSize),
    Case(name: "LF alone after the size", section: "9112 §7.1", text: chunked("5\nhello\r\n"), code: .chunkSize),
    Case(name: "CR alone after the size", section: "9112 §7.1", text: chunked("5\rxhello"), code: .loneCarriageReturn),
    Case(
      name: "size that overflows", section: "9112 §7.1", text: chunked("FFFFFFFFFFFFFFFFF\r\n"),
      code: .chunkSizeTooLarge, status: 413),
    Case(
      name: "extension ended by LF", section: "9112 §7.1.1", text: chunked("2;a\nxx\r\n"), code: .chunkExtension),
    Case(
      name: "extension without a name", section: "9112 §7.1.1", text: chunked("2;\r\nxx\r\n"), code: .chunkExtension),
    Case(
      name: "extension with a space", section: "9112 §7.1.1", text: chunked("2; a\r\nxx\r\n"), code: .chunkExtension),
    Case(
      name: "LF in a quoted extension", section: "9112 §7.1.1", text: chunked("2;a=\"\n\"\r\nxx\r\n"),
      code: .chunkExtension),
    Case(name: "data longer than its size", section: "9112 §7.1", text: chunked("2\r\nabc\r\n"), code: .chunkEnd),
    Case(name: "LF alone after the data", section: "9112 §7.1", text: chunked("2\r\nab\n0\r\n"), code: .chunkEnd),
    Case(
      name: "length in the trailers", section: "9110 §6.5.1", text: chunked("0\r\nContent-Length: 5\r\n\r\n"),
      code: .trailerForbidden),
    Case(
      name: "credentials in the trailers", section: "9110 §6.5.1", text: chunked("0\r\nauthorization: x\r\n\r\n"),
      code: .trailerForbidden),
    Case(
      name: "proxy field in the trailers", section: "9110 §6.5.1", text: chunked("0\r\nProxy-Thing: x\r\n\r\n"),
      code: .trailerForbidden),
    Case(
      name: "LF alone in the trailers", section: "9112 §2.2", text: chunked("0\r\nX: y\n\r\n"), code: .loneLineFeed),
    Case(name: "folded trailer", section: "9112 §5.2", text: chunked("0\r\nX: y\r\n z\r\n\r\n"), code: .foldedLine),
  ]

  @Test(arguments: framing + fields + startLines + chunks)
  func isRefused(_ attack: Case) {
    let transcript = RequestTranscript(attack.text)
    #expect(transcript.error == attack.code)
    #expect(HTTPSyntaxError(attack.code).status == attack.status)
  }

  @Test(
    "however its bytes are cut, an attack is refused with the same error",
    arguments: framing + fields + startLines + chunks)
  func isRefusedAtEverySplit(_ attack: Case) {
    for pieces in splits(of: Array(attack.text.utf8), random: 10, seed: 7) {
      #expect(RequestTranscript(pieces).error == attack.code)
    }
  }
}
