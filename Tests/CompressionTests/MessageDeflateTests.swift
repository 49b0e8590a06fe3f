internal import Compression
internal import Testing

@Suite struct MessageDeflateTests {
  private func inflate(_ stream: inout InflateStream, _ payload: [UInt8], chunk: Int = .max) throws -> [UInt8] {
    var out: [UInt8] = []
    var start = 0
    while start < payload.count {
      let end = chunk < payload.count - start ? start + chunk : payload.count
      try payload[start..<end].withUnsafeBytes { try stream.inflate($0, maximumOutput: 1 << 20) { out += $0 } }
      start = end
    }
    try stream.finishMessage(maximumOutput: 1 << 20) { out += $0 }
    return out
  }

  @Test("the examples of RFC 7692 §7.2.3 are read and written")
  func examples() throws {
    let first: [UInt8] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
    let second: [UInt8] = [0xf2, 0x00, 0x11, 0x00, 0x00]
    let stored: [UInt8] = [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00]
    let final: [UInt8] = [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00]
    let hello = Array("Hello".utf8)
    var reader = try InflateStream()
    #expect(try inflate(&reader, first) == hello)
    #expect(try inflate(&reader, second) == hello)
    #expect(try inflate(&reader, stored, chunk: 1) == hello)
    #expect(try inflate(&reader, final) == hello)
    #expect(try inflate(&reader, first) == hello)
    var writer = try DeflateStream()
    #expect(hello.withUnsafeBytes { writer.message($0) } == first)
    #expect(hello.withUnsafeBytes { writer.message($0) } == second)
  }

  @Test("messages survive with and without context takeover, in every window", arguments: 8...15)
  func windows(_ bits: Int) throws {
    for keeps in [true, false] {
      var writer = try DeflateStream(windowBits: bits, keepsContext: keeps)
      var reader = try InflateStream(windowBits: max(9, bits), keepsContext: keeps)
      for (index, count) in [5, 0, 3000, 1, 70_000].enumerated() {
        let text = sampleText(count, seed: UInt64(index))
        let payload = text.withUnsafeBytes { writer.message($0) }
        #expect(try inflate(&reader, payload, chunk: 100) == text)
      }
    }
  }

  @Test("a message without context takeover reads alone")
  func noTakeover() throws {
    var writer = try DeflateStream(keepsContext: false)
    let text = sampleText(500)
    let payloads = (0..<2).map { _ in text.withUnsafeBytes { writer.message($0) } }
    #expect(payloads[0] == payloads[1])
    var reader = try InflateStream()
    #expect(try inflate(&reader, payloads[1]) == text)
  }

  @Test("a bomb in a message stops at the limit")
  func bomb() throws {
    var writer = try DeflateStream()
    let payload = [UInt8](repeating: 0, count: 5_000_000).withUnsafeBytes { writer.message($0) }
    var reader = try InflateStream()
    #expect(throws: CompressionError.self) { try inflate(&reader, payload) }
  }
}
