internal import NIOCore
internal import Testing

@testable internal import Wire

/// Messages of Amazon's event stream.
@Suite struct EventStreamReaderTests {
  /// As botocore's tests have them.
  private static let empty: [UInt8] = [0, 0, 0, 0x10, 0, 0, 0, 0, 5, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff]
  private static let number: [UInt8] =
    [0, 0, 0, 0x2b, 0, 0, 0, 0x0e, 0x34, 0x8b, 0xec, 0x7b] + Array("\u{8}event-id\u{4}".utf8)
    + [0, 0, 0xa0, 0x0c] + Array("{'foo':'bar'}".utf8) + [0xd3, 0x89, 0x02, 0x85]

  private func read(_ bytes: [UInt8], pieces: Int) throws(EventStreamError) -> [EventStreamMessage] {
    var reader = EventStreamReader(maximumBytes: 1024)
    var messages: [EventStreamMessage] = []
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      reader.append(ByteBuffer(bytes: bytes[start..<min(bytes.count, start + pieces)]))
      while let message = try reader.next() { messages.append(message) }
    }
    return messages
  }

  @Test("messages are read in pieces of every length, and written as they came")
  func messages() throws {
    let bytes = Self.empty + Self.number + Self.empty
    for length in 1...bytes.count {
      let messages = try read(bytes, pieces: length)
      #expect(messages.map { String(decoding: $0.payload, as: UTF8.self) } == ["", "{'foo':'bar'}", ""])
      #expect(messages.flatMap(\.encoded) == bytes)
    }
  }

  @Test("a message with another bit anywhere is none")
  func checksums() {
    for index in Self.number.indices {
      var bytes = Self.number
      bytes[index] ^= 0x10
      #expect(throws: EventStreamError.checksum, "\(index)") { try read(bytes + Self.number, pieces: 7) }
    }
  }

  @Test("lengths that cannot be are refused before anything is waited for")
  func lengths() {
    func prelude(_ total: UInt8, _ headers: UInt8) -> [UInt8] {
      let lengths = [0, 0, total, 0, 0, 0, 0, headers]
      return lengths + withUnsafeBytes(of: EventStreamMessage.checksum(lengths).bigEndian, Array.init)
    }
    #expect(throws: EventStreamError.tooLong) { try read(prelude(5, 0), pieces: 12) }
    #expect(throws: EventStreamError.lengths) { try read(prelude(0, 0), pieces: 12) }
    #expect(throws: EventStreamError.lengths) { try read(prelude(1, 255), pieces: 12) }
  }

  @Test("a stream without end takes no more memory than its longest message")
  func memory() throws {
    var reader = EventStreamReader(maximumBytes: 1024)
    for _ in 0..<10_000 {
      reader.append(ByteBuffer(bytes: Self.number + Self.number.prefix(7)))
      _ = try reader.next()
      reader.append(ByteBuffer(bytes: Self.number.dropFirst(7)))
      _ = try reader.next()
    }
    #expect(reader.rest.capacity <= 1024)
  }

  @Test("what was not read is still there after an error")
  func rest() {
    var reader = EventStreamReader(maximumBytes: 1024)
    reader.append(ByteBuffer(bytes: Self.empty + Array("no event stream".utf8)))
    #expect((try? reader.next()) != nil)
    #expect(throws: EventStreamError.checksum) { try reader.next() }
    #expect(String(buffer: reader.rest) == "no event stream")
  }
}
