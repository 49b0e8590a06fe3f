import NIOCore
import Testing
import Wire

@Suite struct ServerSentEventScannerTests {
  private func events(_ pieces: [[UInt8]]) -> [String] {
    var scanner = ServerSentEventScanner()
    var all: [UInt8] = []
    var ends: [Int] = []
    for piece in pieces {
      ends += scanner.scan(ByteBuffer(bytes: piece)).map { $0 + all.count }
      all += piece
    }
    var start = 0
    return ends.map { end in
      defer { start = end }
      return String(decoding: all[start..<end], as: UTF8.self)
    }
  }

  @Test("an event ends with an empty line, in each of the three line ends")
  func lineEnds() {
    for end in ["\n", "\r", "\r\n"] {
      let first = "event: a\(end)data: b\(end)\(end)"
      let second = ": comment\(end)\(end)"
      #expect(events([Array((first + second + "data: unfinished\(end)").utf8)]) == [first, second])
    }
  }

  @Test("empty lines between events end nothing")
  func emptyLines() {
    #expect(events([Array("\n\ndata: a\n\n\n\ndata: b\n\n".utf8)]).count == 2)
  }

  @Test("the same events are found however the bytes are cut, and none later than its last byte")
  func everySplit() {
    for end in ["\n", "\r", "\r\n"] {
      let bytes = Array("data: a\(end)\(end)event: x\(end)data: b\(end)\(end)data: c\(end)\(end)".utf8)
      let trimmed = events([bytes]).map { $0.drop { $0.isNewline }.filter { !$0.isNewline } }
      for pieces in splits(of: bytes, random: 50, seed: 2) {
        #expect(events(pieces).map { $0.drop { $0.isNewline }.filter { !$0.isNewline } } == trimmed)
      }
    }
  }

  @Test("it is known whether a stream stops between events")
  func between() {
    var scanner = ServerSentEventScanner()
    _ = scanner.scan(ByteBuffer(string: "data: a\n\n"))
    #expect(scanner.isBetweenEvents)
    _ = scanner.scan(ByteBuffer(string: "data: b\n"))
    #expect(!scanner.isBetweenEvents)
  }
}
