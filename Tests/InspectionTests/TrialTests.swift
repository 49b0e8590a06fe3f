internal import Compression
internal import Evidence
internal import Inspection
internal import Testing

/// What has no sure head, and could be compressed text by two bytes or by none, is tried so often and no more.
@Suite struct TrialTests {
  /// So many beginnings of zlib that are none.
  private static func baits(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in [0x78, 0x9c, 0x01] as [UInt8] } }

  private static let words = Array(String(repeating: "words of a text, no more; ", count: 1200).utf8)

  /// A credential in brotli, in base64: nothing but trying tells what that is.
  private static func token() throws -> [UInt8] {
    let rule = try #require(try Detectors.rules.get().first { $0.id == "github-token" })
    let text = "\(rule.examples[0]) and some words that are compressed with it"
    return Encode.base64(try Encode.compressed(Array(text.utf8), .br))
  }

  @Test("however much was tried before, the bytes that come give trials again", arguments: [0, 60, 100, 3000])
  func again(_ count: Int) throws {
    let body = Self.baits(count) + Self.words + (try Self.token())
    #expect(try inspect(body).findings.map(\.detector) == ["github-token"])
    var inspector = MessageInspector(try Detectors.set(), place: .body)
    for start in stride(from: 0, to: body.count, by: 500) {
      body[start..<min(start + 500, body.count)].withUnsafeBytes { inspector.inspect($0) }
      _ = inspector.findingsSoFar()
    }
    #expect(inspector.finish().findings.map(\.detector) == ["github-token"])
  }

  @Test("no more is tried than the bytes give, which is no issue")
  func bounded() throws {
    #expect(try inspect(Self.baits(3000) + (try Self.token())).findings.isEmpty)
  }
}
