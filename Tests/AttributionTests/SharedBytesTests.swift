internal import Testing

@testable internal import Attribution

/// Bytes that several share.
struct SharedBytesTests {
  private static func append(_ text: [UInt8], to bytes: inout SharedBytes) { text.withUnsafeBytes { bytes.append($0) } }

  private static func text(of bytes: SharedBytes) -> [UInt8] {
    var text: [UInt8] = []
    bytes.forEachPiece(of: 0..<bytes.count) { text += $0 }
    return text
  }

  @Test("what is appended to one changes no other that has the same beginning")
  func appending() {
    var all: [(bytes: SharedBytes, text: [UInt8])] = [(SharedBytes(), [])]
    for number in 0..<40 {
      var (bytes, text) = all[number * 7 % all.count]
      let more = [UInt8](repeating: UInt8(number), count: number * 1_009 % (2 * SharedBytes.pieceBytes))
      Self.append(more, to: &bytes)
      text += more
      all.append((bytes, text))
    }
    for (bytes, text) in all {
      #expect(bytes.count == text.count)
      #expect(Self.text(of: bytes) == text)
    }
  }

  @Test("memory that is shared is counted once")
  func heldBytes() {
    var first = SharedBytes()
    Self.append([UInt8](repeating: 1, count: 3 * SharedBytes.pieceBytes + 100), to: &first)
    #expect(first.heldBytes(besides: first) == 0)
    var second = first
    Self.append([UInt8](repeating: 2, count: 200), to: &second)
    #expect(second.heldBytes(besides: first) >= 300)
    #expect(second.heldBytes(besides: first) < 2 * SharedBytes.pieceBytes)
    #expect(second.heldBytes() >= 3 * SharedBytes.pieceBytes)
    var other = SharedBytes()
    Self.append(Self.text(of: first), to: &other)
    #expect(other.heldBytes(besides: first) == other.heldBytes())
  }

  @Test("a text that rests stays as it was, whatever its view gets, and one that goes on from it has the same bytes")
  func resting() {
    let text = ViewText(0, layers: ["json"], capacity: 16)
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    var rests: [RestingText] = []
    var current = text
    var start = 0
    for (number, step) in [10_000, 20_000, 1, 40_000, 0, 20_000].enumerated() {
      bytes[start..<start + step].withUnsafeBufferPointer {
        if let source = $0.baseAddress { current.append(source, step, at: start..<start + step) }
      }
      start += step
      let rest = current.rest()
      rests.append(rest)
      if number % 2 == 1 { current = ViewText(from: rest, known: nil) }
    }
    var ends: [Int] = []
    for rest in rests {
      #expect(Self.text(of: rest.bytes).elementsEqual(bytes[..<rest.bytes.count]))
      #expect(ViewText(from: rest, known: nil).buffer.elementsEqual(bytes[..<rest.bytes.count]))
      ends.append(rest.bytes.count)
    }
    #expect(ends == [10_000, 30_000, 30_001, 70_001, 70_001, 90_001])
    #expect(rests[4].bytes.heldBytes(besides: rests[3].bytes) == 0)
    #expect(rests[5].bytes.heldBytes(besides: rests[4].bytes) < 20_000 + 3 * SharedBytes.pieceBytes)
  }
}
