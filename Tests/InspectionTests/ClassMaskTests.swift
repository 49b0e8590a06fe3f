internal import CText
internal import Testing

@testable internal import Inspection

/// What vectors tell of many bytes is what a look at each one tells.
@Suite struct ClassMaskTests {
  @Test("masks have a bit for each byte of their class", arguments: 0..<8)
  func masks(_ seed: UInt64) {
    var source = Seeded(seed &* 7919 &+ 1)
    for _ in 0..<200 {
      let sets = (0..<source.below(9) + 1).map { _ in Self.set(&source) }
      let text = (0..<source.below(65)).map { _ in UInt8.random(in: 0...0xff, using: &source) }
      var masks = [UInt64](repeating: 0, count: sets.count)
      sallyport_class_masks(text, text.count, sets.map(\.halves), sets.count, &masks)
      let expected = sets.map { set in
        text.indices.reduce(UInt64(0)) { $0 | (text[$1] < 0x80 && set.contains(text[$1]) ? 1 << UInt64($1) : 0) }
      }
      #expect(masks == expected)
    }
  }

  @Test("members in a row are found where the first enough of them begin, or where the last ones do", arguments: 0..<8)
  func rows(_ seed: UInt64) {
    var source = Seeded(seed &* 6151 &+ 1)
    for _ in 0..<2_000 {
      let others = source.below(60) + 1
      let least = source.below(64) + 1
      let text = (0..<source.below(300)).map { _ in source.below(others) == 0 ? UInt8(ascii: " ") : UInt8(ascii: "a") }
      var members = ByteSet.smallLetters.halves
      #expect(sallyport_row_start(text, text.count, &members, least) == Self.rowStart(text, least))
    }
  }

  private static func rowStart(_ text: [UInt8], _ least: Int) -> Int {
    var start = 0
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: " ") { start = index + 1 } else if index + 1 - start >= least { return start }
    }
    return start
  }

  private static func set(_ source: inout Seeded) -> ByteSet {
    (0..<source.below(40)).reduce(into: ByteSet.none) { set, _ in set.insert(.random(in: 0...0xff, using: &source)) }
  }
}
