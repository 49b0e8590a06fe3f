internal import Compression
internal import Decoding
internal import Evidence
internal import Inspection
internal import Testing

@Suite struct RedactionTests {
  private static let secret = "some_abcdefghijklmnopqrst"

  private func detectors() throws -> DetectorSet {
    try DetectorSet(
      rules: [
        DetectorRule(id: "some-token", name: "Some token", grade: .block, patterns: [#"\bsome_[a-z]{20}(?![a-z])"#]),
        DetectorRule(id: "other-token", name: "Other token", grade: .block, patterns: [#"\bother_[a-z]{20}(?![a-z])"#]),
      ], fingerprintKey: Detectors.key)
  }

  private func redact(_ body: [UInt8], _ content: ContentDescription, only detector: String? = nil) throws -> Redacted?
  {
    let detectors = try detectors()
    let findings = try inspect(body, content, detectors: detectors).findings
    #expect(!findings.isEmpty)
    return detectors.redact(
      body, content: content, findings: findings.filter { detector == nil || $0.detector == detector })
  }

  private func json(_ text: String) -> ContentDescription { ContentDescription(contentType: text) }

  @Test("a JSON string loses its secret and stays JSON")
  func jsonString() throws {
    let body = Array(#"{"a":"x \#(Self.secret) y","b":"\nsome_\u0061bcdefghijklmnopqrst\"","c":[1]}"#.utf8)
    let redacted = try #require(try redact(body, ContentDescription(contentType: "application/json")))
    #expect(
      String(decoding: redacted.bytes, as: UTF8.self)
        == #"{"a":"x <redacted:some-token> y","b":"\n<redacted:some-token>\"","c":[1]}"#)
    #expect(redacted.replaced == 2)
    _ = try JSONParser.parse(redacted.bytes)
  }

  @Test(
    "what is seen whole goes whole, also where another detector sees its first part by itself",
    arguments: [
      (#"secret = "some_abcdefghij" + "klmnopqrst";"#, "secret = \"<redacted>\";"),
      ("secret = some_abcdefghij&#107;lmnopqrst", "secret = <redacted>"),
      ("secret = some_abcdefghijklmnopqrst-and-more", "secret = <redacted>"),
    ])
  func parts(text: String, expected: String) throws {
    let detectors = try DetectorSet(
      rules: [
        DetectorRule(id: "some-token", name: "Some token", grade: .block, patterns: [#"\bsome_[a-z]{20}(?![a-z])"#]),
        DetectorRule(
          id: "assignment", name: "Assignment", grade: .block, patterns: [#"secret = "?([a-z_-]{12,60})"#]),
      ], fingerprintKey: Detectors.key)
    let redacted = try detectors.redact(Array(text.utf8), content: json("text/plain")) { _ in true }
    let seen = String(decoding: redacted.bytes, as: UTF8.self).replacing(/:some-token|:assignment/, with: "")
    #expect(seen == expected)
  }

  @Test(
    "of a secret in two parts all is found where one detector takes the first part for a secret, too",
    arguments: ["text/plain", "application/json"])
  func halves(_ contentType: String) throws {
    let text = #"password = "xK9vQ2mLw8RtZ4bN" + "yP7cJ5hG3dF6sA1""#
    let isJSON = contentType.hasSuffix("json")
    let body = isJSON ? Array(#"{"a":"#.utf8) + Encode.json(Array(text.utf8)) + Array("}".utf8) : Array(text.utf8)
    let (content, detectors) = (json(contentType), try Detectors.set())
    let findings = try inspect(body, content, detectors: detectors).findings
    #expect(findings.map(\.detector) == ["generic-secret"] && findings.first?.layers.last == "concatenation")
    let redacted =
      detectors.redact(body, content: content, at: findings, pseudonyms: nil)
      ?? detectors.redact(body, content: content, kinds: Set(findings.map(RedactedKind.init)), pseudonyms: nil)
    let left = String(decoding: try #require(redacted).bytes, as: UTF8.self)
    #expect(left.contains("<redacted:generic-secret>") && !left.contains("xK9v") && !left.contains("yP7c"), "\(left)")
  }

  @Test("of two credentials one right behind the other nothing is left", arguments: ["", "_", "1"])
  func glued(between: String) throws {
    let token = "ghp_" + "CGdv7YIZR3AGpsLF0rFaFmPRGSZ3mU2ie2Vz"
    let text = Array("key: \(token)\(between)\(token.replacing("CGdv", with: "dGvC")), and more".utf8)
    let redacted = try Detectors.set().redact(text, content: json("text/plain")) { _ in true }
    let left = String(decoding: redacted.bytes, as: UTF8.self)
    #expect(left.hasSuffix(">, and more") && !left.contains("2ie2Vz"), "\(left)")
  }

  private func leftOf(_ text: String, _ type: String = "text/plain") throws -> String {
    let redacted = try Detectors.set().redact(Array(text.utf8), content: json(type)) { _ in true }
    return String(decoding: redacted.bytes, as: UTF8.self)
  }

  @Test("a password goes with the quotes in it", arguments: [#"'"#, "`", #"\""#, #"\u0022"#])
  func quotes(quote: String) throws {
    let text = #"{"password":"xK9vQ2mLw8\#(quote)RtZ4bNyP7c","other":"stays"}"#
    #expect(try leftOf(text, "application/json") == #"{"password":"<redacted:generic-secret>","other":"stays"}"#)
  }

  @Test("a password goes with the quotes that the shell has in it")
  func shell() throws {
    let left = try leftOf(#"export DB_PASSWORD='xK9vQ2mLw8'\''RtZ4bNyP7c'; echo 'it'\''s'"# + "\n")
    #expect(left == #"export DB_PASSWORD='<redacted:generic-secret>'; echo 'it'\''s'"# + "\n")
  }

  @Test("a credential goes wherever it stands in the text")
  func elsewhere() throws {
    let left = try leftOf("password = \"xK9vQ2mLw8RtZ4bNyP7c\"\nrun: tool -pxK9vQ2mLw8RtZ4bNyP7c -h db\n")
    #expect(left == "password = \"<redacted:generic-secret>\"\nrun: tool -p<redacted:generic-secret> -h db\n")
  }

  @Test("a name of one letter on the next line is no part of a token")
  func nextLine() throws {
    let token = "ghp_" + "CGdv7YIZR3AGpsLF0rFaFmPRGSZ3mU2ie2Vz"
    #expect(
      try leftOf("A=\(token)\nB=\(token)\n") == "A=<redacted:github-token>\nB=<redacted:github-token>\n")
  }

  @Test(
    "of what is in several members the names stay, so that JSON stays JSON",
    arguments: [
      (#"{"home":{"lat": 52.516275, "lon": 13.377704},"x":1}"#, #"{"home":{"lat": "_", "lon": "_"},"x":1}"#),
      (#"{"home":{"location":[52.516275,13.377704]}}"#, #"{"home":{"location":["_","_"]}}"#),
      (#"{"home":{"lat":52.516275,"lon":"13.377704"}}"#, #"{"home":{"lat":"_","lon":"_"}}"#),
      (#"{"home":{"lat":"52.516275","lon":13.377704}}"#, #"{"home":{"lat":"_","lon":"_"}}"#),
    ])
  func members(text: String, expected: String) throws {
    #expect(try leftOf(text, "application/json").replacing("<redacted:coordinates>", with: "_") == expected)
  }

  /// As OpenSSL writes it.
  private static let key: [String] = {
    let numbers = (0..<400).flatMap { Array("\($0 * 7919)".utf8) }
    let body = Encode.base64(numbers, padded: true)
    let lines = stride(from: 0, to: body.count, by: 64).map { String(decoding: body[$0...].prefix(64), as: UTF8.self) }
    let name = "PRIVATE KEY-----"
    return ["-----BEGIN \(name)"] + lines + ["-----END \(name)"]
  }()

  private func expectNothing(of key: [String]) throws {
    let left = try leftOf("before\n\(key.joined(separator: "\n"))\nafter\n")
    #expect(left.hasPrefix("before\n") && left.hasSuffix("\nafter\n"), "\(left)")
    #expect(!Self.key.dropFirst().contains { left.contains($0) }, "\(left)")
  }

  @Test(
    "of a private key nothing is left, however it begins",
    arguments: [
      "-----%42EGIN PRIVATE", "-----BEGIN&#32;PRIVATE", #"\u002d----BEGIN PRIVATE"#, "\\n\\\n-----BEGIN PRIVATE",
    ])
  func beginning(of key: String) throws {
    try expectNothing(of: [Self.key[0].replacing("-----BEGIN PRIVATE", with: key)] + Self.key.dropFirst())
  }

  @Test(
    "of a private key nothing is left, whatever stands beside its lines",
    arguments: [
      ("-", ""), ("# ", ""), ("src/key.pem:12:", ""), ("\"", "\","), ("<td>", "</td>"), ("echo ", ">>key.pem"),
    ])
  func besides(before: String, after: String) throws {
    try expectNothing(of: Self.key.map { before + $0 + after })
  }

  @Test("of a private key in a list of strings each is taken out by itself, so that the list stays one")
  func list() throws {
    let lines = Self.key.map { "\"\($0)\\n\"" }.joined(separator: ", ")
    let left = try leftOf("{\"source\": [\"a\\n\", \"\", \(lines), \"b\"]}", "application/json")
    let masked = Array(repeating: "\"<redacted:private-key>\"", count: Self.key.count - 1).joined(separator: ", ")
    #expect(left == "{\"source\": [\"a\\n\", \"\", \(masked), \"<redacted:private-key>\\n\", \"b\"]}")
  }

  @Test(
    "of a private key nothing is left, whatever stands in it", arguments: ["# note", "<br/>", "@@ -1,3 +1,3 @@", "--"])
  func interrupted(by line: String) throws {
    try expectNothing(of: Self.key[..<7] + [line] + Self.key[7...])
  }

  @Test("what reaches out of a secret with an escape in it is not left for a part of that escape")
  func behindEscape() throws {
    let text = "postgres://app:T0T-\u{4}3cret.Word@db.internal.test:5433/prod"
    let body = Array(#"{"a":"#.utf8) + Encode.json(Array(text.utf8)) + Array("}".utf8)
    let (content, detectors) = (json("application/json"), try Detectors.set())
    let findings = try inspect(body, content, detectors: detectors).findings
    #expect(findings.map(\.detector) == ["connection-string", "email-address"])
    let redacted =
      detectors.redact(body, content: content, at: findings, pseudonyms: nil)
      ?? detectors.redact(body, content: content, kinds: Set(findings.map(RedactedKind.init)), pseudonyms: nil)
    let left = String(decoding: try #require(redacted).bytes, as: UTF8.self)
    #expect(!left.contains("3cret") && !left.contains("db.internal.test"), "\(left)")
  }

  @Test("a form's field stays encoded")
  func form() throws {
    let content = ContentDescription(contentType: "application/x-www-form-urlencoded")
    let redacted = try #require(try redact(Array("a=\(Self.secret)&b=%73ome%5Fabcdefghijklmnopqrst".utf8), content))
    #expect(
      String(decoding: redacted.bytes, as: UTF8.self)
        == "a=%3credacted%3asome-token%3e&b=%3credacted%3asome-token%3e")
  }

  @Test("base64 in JSON is decoded, edited and encoded again, and what is around it stays", arguments: 0..<6)
  func base64(_ lead: Int) throws {
    let text = String(repeating: "x", count: lead) + " \(Self.secret) and more text after it"
    for padded in [true, false] {
      let encoded = Encode.base64(Array(text.utf8), padded: padded)
      let body = Array(#"{"data":""#.utf8) + encoded + Array(#""}"#.utf8)
      let redacted = try #require(try redact(body, ContentDescription(contentType: "application/json")))
      let again = try inspect(redacted.bytes, detectors: try detectors()).findings
      #expect(again.isEmpty)
      let value = try JSONParser.parse(redacted.bytes)["data"]?.string ?? ""
      // The suffix keeps its place in the quads, so the end of the encoded text is what it was.
      #expect(value.utf8.suffix(12).elementsEqual(encoded.suffix(12)), "\(value)")
      #expect(padded ? value.utf8.count % 4 == 0 : true)
    }
  }

  @Test("what stands in a dump goes with its lines, which have it in clear beside them")
  func dump() throws {
    let file = Array("a file with a line, key=\(Self.secret)\nother_abcdefghijklmnopqrst and another line in it\n".utf8)
    let body = Array(#"{"a":1,"b":"#.utf8) + Encode.json(Encode.dump(file)) + Array("}".utf8)
    let redacted = try #require(try redact(body, ContentDescription(contentType: "application/json")))
    let lines = try JSONParser.parse(redacted.bytes)["b"]?.string?.split(separator: "\n").map { String($0) } ?? []
    #expect(
      lines == [
        "00000000: 6120 6669 6c65 2077 6974 6820 6120 6c69  a file with a li", "00000010: <redacted:some-token>",
        "00000050: 2061 6e6f 7468 6572 206c 696e 6520 696e   another line in",
        "00000060: 2069 740a                                 it.",
      ])
    #expect(redacted.replaced == 1)
  }

  @Test("a compressed body is compressed again", arguments: ["gzip", "deflate", "br", "zstd"])
  func compressed(_ coding: String) throws {
    let wanted = try #require(ContentCoding(rawValue: coding))
    let content = ContentDescription(contentType: "application/json", contentCodings: [coding])
    let body = try Encode.compressed(Array(#"{"a":"\#(Self.secret)"}"#.utf8), wanted)
    let redacted = try #require(try redact(body, content))
    var text: [UInt8] = []
    var decompressor = try Decompressor(wanted)
    try redacted.bytes.withUnsafeBytes { try decompressor.decompress($0, maximumOutput: 1000) { text += $0 } }
    try decompressor.finish()
    #expect(String(decoding: text, as: UTF8.self) == #"{"a":"<redacted:some-token>"}"#)
  }

  @Test("only what was asked for goes")
  func partly() throws {
    let body = Array("\(Self.secret) other_abcdefghijklmnopqrst".utf8)
    let redacted = try #require(try redact(body, ContentDescription(contentType: "text/plain"), only: "some-token"))
    #expect(String(decoding: redacted.bytes, as: UTF8.self) == "<redacted:some-token> other_abcdefghijklmnopqrst")
  }

  @Test("what cannot be edited with certainty is not")
  func refusals() throws {
    let secret = Array(Self.secret.utf8)
    #expect(try redact(secret, ContentDescription(contentType: "application/octet-stream")) == nil)
    #expect(try redact(secret, ContentDescription(contentType: "application/grpc")) == nil)
    #expect(try redact([0, 0, 7] + secret, ContentDescription(contentType: "text/plain")) == nil)
    let nested = Encode.base64(try Encode.compressed(secret, .gzip))
    #expect(try redact(nested, ContentDescription(contentType: "text/plain")) == nil)
    let detectors = try detectors()
    let opaque = Finding(
      detector: "undecodable-body", dataClass: .opaque, grade: .block, place: .body, span: Span(0, 3))
    #expect(detectors.redact(secret, content: json("text/plain"), findings: [opaque]) == nil)
    #expect(detectors.redact(secret, content: json("text/plain"), findings: []) == nil)
  }

  @Test("an encoded body is clean after redaction or left to the caller", arguments: Encoding.all)
  func everyEncoding(_ encoding: Encoding) throws {
    let detectors = try detectors()
    let body = try encoding.encode(Array("the key is \(Self.secret), keep it\n".utf8))
    let content = ContentDescription(
      contentType: encoding.content.contentType ?? "text/plain", contentCodings: encoding.content.contentCodings)
    let findings = try inspect(body, content, detectors: detectors).findings
    guard let redacted = detectors.redact(body, content: content, findings: findings) else { return }
    #expect(try inspect(redacted.bytes, content, detectors: detectors).findings.isEmpty)
    #expect(redacted.bytes != body)
  }
}
