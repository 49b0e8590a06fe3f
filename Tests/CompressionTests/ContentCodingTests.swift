internal import Compression
internal import Testing

@Suite struct ContentCodingTests {
  static let codings = ContentCoding.allCases

  @Test("every coding gives back what was put in, in chunks of any size", arguments: codings)
  func roundTrip(_ coding: ContentCoding) throws {
    for count in [0, 1, 2, 31, 4096, 200_000] {
      let text = sampleText(count)
      let bytes = try compressed(text, coding)
      for chunk in [1, 2, 3, 7, 1024, Int.max] where count < 5000 || chunk > 100 {
        #expect(try decompressed(bytes, coding, chunk: chunk) == text)
      }
    }
  }

  @Test("text that another implementation wrote is read")
  func foreignVectors() throws {
    // Python's zlib.compress(b"sally port").
    let wrapped: [UInt8] = [
      0x78, 0x9c, 0x2b, 0x4e, 0xcc, 0xc9, 0xa9, 0x54, 0x28, 0xc8, 0x2f, 0x2a, 0x01, 0x00, 0x16, 0x20, 0x04, 0x0b,
    ]
    #expect(try decompressed(wrapped, .deflate) == Array("sally port".utf8))
    #expect(try decompressed(Array(wrapped[2..<14]), .deflate, chunk: 1) == Array("sally port".utf8))
    // RFC 7932's shortest stream: an empty last meta-block.
    #expect(try decompressed([0x06], .br) == [])
  }

  @Test("several gzip members and zstd frames in a row are one text", arguments: [ContentCoding.gzip, .zstd])
  func concatenated(_ coding: ContentCoding) throws {
    let bytes = try compressed(Array("one ".utf8), coding) + compressed(Array("two".utf8), coding)
    #expect(try decompressed(bytes, coding) == Array("one two".utf8))
    #expect(try decompressed(bytes, coding, chunk: 1) == Array("one two".utf8))
  }

  @Test("frames of zstd as it was before RFC 8878 are refused, and frames without text are none", arguments: [1, .max])
  func frames(chunk: Int) throws {
    let frame = try compressed(Array("text".utf8), .zstd)
    for version in UInt8(0x1e)...0x27 {
      let old: [UInt8] = [version, 0xb5, 0x2f, 0xfd, 0x40, 0x40, 0xff, 0xff]
      #expect(throws: CompressionError.self) { try decompressed(old, .zstd, chunk: chunk) }
      #expect(throws: CompressionError.self) { try decompressed(frame + old, .zstd, chunk: chunk) }
    }
    let skipped: [UInt8] = [0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
    #expect(try decompressed(skipped + frame + skipped, .zstd, chunk: chunk) == Array("text".utf8))
  }

  @Test("a cut text is an error at every cut", arguments: [ContentCoding.gzip, .deflate, .br, .zstd])
  func truncated(_ coding: ContentCoding) throws {
    let bytes = try compressed(sampleText(400), coding)
    for count in 1..<bytes.count {
      #expect(throws: CompressionError.self) { try decompressed(Array(bytes.prefix(count)), coding) }
    }
  }

  @Test("bytes after the end are an error", arguments: [ContentCoding.gzip, .deflate, .br, .zstd])
  func trailing(_ coding: ContentCoding) throws {
    let bytes = try compressed(sampleText(400), coding) + Array("ghost text".utf8)
    #expect(throws: CompressionError.self) { try decompressed(bytes, coding) }
    #expect(throws: CompressionError.self) { try decompressed(bytes, coding, chunk: 1) }
  }

  @Test("a bomb stops at the limit", arguments: [ContentCoding.gzip, .deflate, .br, .zstd])
  func bomb(_ coding: ContentCoding) throws {
    let bytes = try compressed([UInt8](repeating: 0, count: 20_000_000), coding)
    #expect(bytes.count < 30_000)
    var decompressor = try Decompressor(coding)
    var produced = 0
    let error = try #require(throws: CompressionError.self) {
      try bytes.withUnsafeBytes { try decompressor.decompress($0, maximumOutput: 1_000_000) { produced += $0.count } }
    }
    #expect(error.code == .outputLimit)
    #expect(produced <= 1_000_000)
  }

  @Test("random bytes never crash and are seldom a text", arguments: [ContentCoding.gzip, .deflate, .br, .zstd])
  func garbage(_ coding: ContentCoding) {
    var source = Seeded(7)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 1...300, using: &source)).map { _ in UInt8.random(in: 0...255, using: &source) }
      _ = try? decompressed(bytes, coding, maximumOutput: 1_000_000)
    }
  }

  @Test("damaged text never crashes", arguments: [ContentCoding.gzip, .deflate, .br, .zstd])
  func damaged(_ coding: ContentCoding) throws {
    var source = Seeded(8)
    let bytes = try compressed(sampleText(3000), coding)
    for _ in 0..<500 {
      var copy = bytes
      copy[Int.random(in: 0..<copy.count, using: &source)] = UInt8.random(in: 0...255, using: &source)
      _ = try? decompressed(copy, coding, chunk: 64, maximumOutput: 1_000_000)
    }
  }

  @Test("tokens are read in any letter case, unknown ones are not")
  func tokens() {
    #expect(ContentCoding(token: "GZip") == .gzip)
    #expect(ContentCoding(token: "x-gzip") == .gzip)
    #expect(ContentCoding(token: "br") == .br)
    #expect(ContentCoding(token: "compress") == nil)
  }
}
