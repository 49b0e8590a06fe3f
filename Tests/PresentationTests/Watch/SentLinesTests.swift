import Testing

@testable import Presentation

@Suite("Lines that were sent")
struct SentLinesTests {
  @Test("neighbours and overlaps are one range, and each line counts once")
  func joined() {
    var lines = SentLines()
    for range in [5...9, 1...2, 11...12, 3...3, 10...10, 6...7] { lines.insert(range) }
    #expect(lines.ranges == [1...3, 5...12])
    #expect(lines.count == 11)
    lines.insert(4...4)
    #expect(lines.ranges == [1...12])
  }

  @Test("are what a set of numbers has")
  func property() {
    var random = SplitMix(state: 2)
    for _ in 0..<200 {
      var (lines, model) = (SentLines(), Set<Int>())
      for _ in 0..<30 {
        let start = Int.random(in: 1...100, using: &random)
        let range = start...(start + Int.random(in: 0...12, using: &random))
        lines.insert(range)
        model.formUnion(range)
        #expect(lines.count == model.count)
        #expect(lines.ranges.flatMap(Array.init) == model.sorted())
        #expect(zip(lines.ranges, lines.ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound })
      }
    }
  }
}
