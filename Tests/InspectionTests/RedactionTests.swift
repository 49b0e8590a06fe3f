import Catalog
import Compression
import Decoding
import Evidence
import Inspection
import Testing

@Suite("Redaction")
struct RedactionTests {
  /// Syntactically valid and opens nothing: GitHub's own documentation shows this shape.
  private static let secret = "AKIA" + "Q3EGRIZ2N7XWPL4K"

  private static let detectors: DetectorSet? = {
    let rule = DetectorRule(
      id: "aws-access-key-id", name: "AWS access key", grade: .block, patterns: ["AKIA[A-Z2-7]{16}"])
    return try? DetectorSet(rules: [rule], fingerprintKey: Secret([UInt8](repeating: 7, count: 32)))
  }()

  private func redact(_ text: String, _ type: String?, codings: [String] = []) throws -> Redacted? {
    let detectors = try #require(Self.detectors)
    let content = ContentDescription(contentType: type, contentCodings: codings)
    return Redaction(detectors, content: content).redact(Array(text.utf8))
  }

  @Test("a JSON body stays JSON, and all around the finding stays as it was")
  func json() throws {
    let body = #"{"messages":[{"content":"key\n\#(Self.secret)\n\"end\""}],"n":1}"#
    let redacted = try #require(try redact(body, "application/json"))
    #expect(redacted.replaced == 1)
    let text = String(decoding: redacted.bytes, as: UTF8.self)
    #expect(text == body.replacing(Self.secret, with: "redacted-aws-access-key-id"))
    #expect((try? JSONParser.parse(redacted.bytes)) != nil)
  }

  @Test(
    "a form and plain text are redacted where they are", arguments: ["application/x-www-form-urlencoded", "text/plain"])
  func plain(_ type: String) throws {
    let redacted = try #require(try redact("a=1&key=\(Self.secret)&b=2", type))
    #expect(String(decoding: redacted.bytes, as: UTF8.self) == "a=1&key=redacted-aws-access-key-id&b=2")
  }

  @Test(
    "a compressed body is compressed again in the same coding", arguments: [ContentCoding.gzip, .deflate, .br, .zstd])
  func compressed(_ coding: ContentCoding) throws {
    let detectors = try #require(Self.detectors)
    var packed: [UInt8] = []
    var compressor = try Compressor(coding)
    let body = Array(#"{"key":"\#(Self.secret)"}"#.utf8)
    try body.withUnsafeBytes { try compressor.compress($0) { packed += $0 } }
    try compressor.finish { packed += $0 }
    let content = ContentDescription(contentType: "application/json", contentCodings: [coding.rawValue])
    let redacted = try #require(Redaction(detectors, content: content).redact(packed))
    var text: [UInt8] = []
    var decompressor = try Decompressor(coding)
    try redacted.bytes.withUnsafeBytes { try decompressor.decompress($0, maximumOutput: 1 << 20) { text += $0 } }
    try decompressor.finish()
    #expect(String(decoding: text, as: UTF8.self) == #"{"key":"redacted-aws-access-key-id"}"#)
  }

  @Test("a body that claims a coding and is none cannot be redacted")
  func undecodable() throws {
    #expect(try redact("no gzip \(Self.secret)", "text/plain", codings: ["gzip"]) == nil)
  }
}
