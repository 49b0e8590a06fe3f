internal import Attribution
internal import Decoding
internal import Evidence
internal import Testing

/// Nothing that is in a file or a message stops or bloats attribution.
@Suite struct HostileTests {
  @Test("binary, huge and endless files are left out, and that is said")
  func leftOut() {
    let index = SourceIndex()
    index.take("a.bin", "text\0more")
    index.take("b.jpg", String(decoding: [UInt8](repeating: 0, count: 10), as: UTF8.self))
    [UInt8](repeating: 0xff, count: 500).withUnsafeBytes { index.take("c.raw", text: $0) }
    index.take("d.csv", String(repeating: "1,2,3\n", count: 1_000_000))
    index.take("e.txt", String(repeating: "\n", count: 1_000_000))
    index.take("f.txt", "fine\n")
    let contents = index.contents
    #expect(contents.files == 1)
    #expect(contents.leftOutCount == 5)
    #expect(contents.leftOut.map(\.reason) == [.tooLarge, .tooManyLines, .binary, .binary, .binary])
    #expect(!contents.isComplete)
  }

  @Test("what does not fit into memory is left out, and what is there is still found")
  func memory() {
    let index = SourceIndex(memoryBytes: 1 << 20)
    index.take("relay.py", Sample.server)
    var source = Seeded(9)
    for number in 0..<200 {
      index.take("f\(number)", (0..<300).map { _ in "x\(UInt64.random(in: 0 ... .max, using: &source))\n" }.joined())
    }
    let contents = index.contents
    #expect(contents.leftOutCount > 0)
    #expect(contents.files + contents.leftOutCount == 201)
    #expect(attribute(Array(Sample.server.utf8), index).places == ["relay.py:1-20"])
    #expect(attribute(Array(Sample.server.utf8), index).gap == .filesLeftOut)
  }

  @Test("a file that changes all the time does not fill the memory")
  func changing() {
    let index = SourceIndex(memoryBytes: 2 << 20)
    for number in 0..<3000 {
      index.take("log.txt", Sample.parser + "the last line now says \(number) and nothing else of note\n")
    }
    #expect(index.contents.leftOutCount == 0)
    let text = Sample.parser + "the last line now says 2999 and nothing else of note\n"
    #expect(attribute(Array(text.utf8), index).places == ["log.txt:1-23"])
    #expect(attribute(Array(text.utf8), index).sources.map(\.version) == [3000])
  }

  @Test("thousands of equal lines on both sides are compared in time")
  func equalLines() {
    let index = SourceIndex()
    let many = String(repeating: "the same line again\n", count: 50_000)
    index.take("a.txt", many)
    index.take("b.txt", many + "but this one is only in the second of them\n")
    let found = attribute(Array(many.utf8), index)
    #expect(found.sources.allSatisfy { ["a.txt", "b.txt"].contains($0.path) })
    let alternating = (0..<20_000).map { "the same line again\nnoise \($0)\n" }.joined()
    _ = attribute(Array(alternating.utf8), index)
  }

  @Test("one line of megabytes is compared in time")
  func oneLine() {
    var source = Seeded(2)
    let line = (0..<100_000).map { _ in "\(UInt8.random(in: 0...99, using: &source)) " }.joined()
    let index = SourceIndex(["numbers.txt": line])
    let found = attribute(Array(line.utf8), index)
    #expect(found.places == ["numbers.txt:1-1"])
    _ = attribute([UInt8](repeating: UInt8(ascii: "a"), count: 500_000), index)
  }

  @Test("random bytes and mutated text do no harm, in files and in messages")
  func fuzz() {
    var source = Seeded(77)
    let index = SourceIndex(memoryBytes: 8 << 20)
    let seeds = [Array(Sample.parser.utf8), Array(Sample.server.utf8)]
    for round in 0..<300 {
      var text = seeds[round % 2]
      for _ in 0..<Int.random(in: 0...30, using: &source) {
        let place = Int.random(in: 0..<text.count, using: &source)
        switch Int.random(in: 0..<4, using: &source) {
        case 0: text[place] = UInt8.random(in: 0...255, using: &source)
        case 1: text.remove(at: place)
        case 2: text.insert([10, 13, 0x1e, 0x5c, 0x22, 0x3e][place % 6], at: place)
        default: text.replaceSubrange(place..<min(text.count, place + 40), with: text.prefix(place % 90))
        }
        if text.isEmpty { text = [10] }
      }
      if round % 3 == 0 { text.withUnsafeBytes { index.take("f\(round % 7)", text: $0) } }
      let found = attribute(text, index, cuts: [text.count / 3])
      for source in found.sources {
        #expect(source.startLine >= 1 && source.endLine >= source.startLine && source.bytes > 0)
      }
      #expect((0...1).contains(found.share))
    }
  }
}
