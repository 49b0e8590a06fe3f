internal import Compression
internal import Decoding
internal import Testing

/// Compressed texts that nobody announced.
@Suite struct CarvingTests {
  private static let secret = Array("GITHUB_TOKEN=\(LayerTests.secret)\n".utf8)

  private func texts(_ body: [UInt8], _ layers: [String], cuts: [Int] = [], pauses: Bool = false) -> [[UInt8]] {
    decode(body, cuts: cuts, pauses: pauses).collector.readings.values.filter { $0.layers == layers }.map(\.bytes)
  }

  @Test(
    "a gzip or zstd text of several members is one stream, however it is cut", arguments: [ContentCoding.gzip, .zstd])
  func members(_ coding: ContentCoding) throws {
    // More than a block of them, so that they go on in the next.
    let lines = (0..<600).map { Array("line \($0) of the log, and what it says\n".utf8) }
    let members = try lines.map { try compressed($0, coding) }
    let body = Array(members.joined())
    let text = Array(lines.joined())
    #expect(body.count > 3 * 8192)
    #expect(texts(body, [coding.rawValue]) == [text])
    for cut in [1, members[0].count, members[0].count + 2, 8192, 8193, body.count / 2, body.count - 30, body.count - 1]
    {
      #expect(texts(body, [coding.rawValue], cuts: [cut]) == [text], "\(cut)")
      #expect(texts(body, [coding.rawValue], cuts: [cut], pauses: true) == [text], "\(cut)")
    }
  }

  @Test("lines of gzip in base64 are decompressed once")
  func lines() throws {
    let line = try #require(
      try (0..<9).lazy.map { try compressed(Array("some text\(String(repeating: "!", count: $0))".utf8), .gzip) }
        .first { $0.count % 3 == 0 })
    let body = Array(String(repeating: base64(line) + "\n", count: 100).utf8)
    let all = texts(body, ["base64", "gzip"])
    #expect(all.count == 1)
    #expect(all.reduce(0) { $0 + $1.count } < 100 * 20)
  }

  @Test("what stands behind a text that ends, and behind one that is cut, is found by itself")
  func apart() throws {
    let other = try compressed(Array("another text".utf8), .gzip)
    let found = try compressed(Self.secret, .gzip)
    #expect(texts(other + Array("between".utf8) + found, ["gzip"]).contains(Self.secret))
    #expect(texts(other.dropLast(12) + found, ["gzip"]).contains(Self.secret))
    #expect(texts(other.dropLast(4) + [1, 2, 3, 4] + found, ["gzip"]).contains(Self.secret))
  }

  @Test("heads that hold each other open are on record, and cost no more than a few")
  func open() {
    // A name that does not end (RFC 1952 §2.3.1).
    let head: [UInt8] = [0x1f, 0x8b, 8, 8, 1, 1, 1, 1, 1, 1]
    let body = (0..<100).flatMap { _ in head } + [UInt8](repeating: 0x61, count: 20_000)
    let (collector, issues) = decode(body)
    #expect(!issues.isEmpty && issues.allSatisfy { $0.kind == .tooLarge })
    #expect(collector.readings.count < 40)
  }
}
