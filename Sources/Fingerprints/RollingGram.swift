/// The spans of so many successive units that end at each unit of a text, as keyed hashes.
///
/// Each unit's number is added to the sum of those before, shifted: after 64 bits it is gone, so that nothing has to be
/// taken away (the "gear" hash of content-defined chunking). The highest bits depend on the whole span.
struct RollingGram: Sendable {
  private var sum: UInt64 = 0
  /// Bit `i` tells whether the unit `i` places back says something.
  private var telling: UInt64 = 0
  /// Units since the last break, as far as they matter.
  private var filled = 0
  /// Units before this piece.
  private(set) var position = 0

  /// Nothing spans what comes now and what came before.
  mutating func reset() { filled = 0 }

  /// Of characters.
  mutating func roll(_ block: GramBlock, _ table: GramTable) {
    let span = FingerprintLimits.characters
    var (sum, count) = (sum, 0)
    let (units, sums, last) = (block.units, block.sums, block.last)
    let (warm, end) = (min(block.count, max(0, span - 1 - filled)), block.count)
    table.numbers.withUnsafeBufferPointer { numbers in
      // A byte is always one of 256.
      guard let numbers = numbers.baseAddress else { return }
      for index in 0..<warm { sum = sum << 2 &+ numbers[Int(units[index])] }
      // Without a branch: which are candidates, nobody can guess.
      var index = warm
      while index < end {
        sum = sum << 2 &+ numbers[Int(units[index])]
        sums[count] = sum
        last[count] = Int32(truncatingIfNeeded: index)
        count &+= sum >> 62 == 0 ? 1 : 0
        index &+= 1
      }
    }
    self.sum = sum
    block.candidates = count
    Self.hash(block, table.multiplier)
    advance(block.count, span)
  }

  private static func hash(_ block: GramBlock, _ multiplier: UInt64) {
    let (sums, hashes) = (block.sums, block.hashes)
    for index in 0..<block.candidates {
      let sum = sums[index]
      hashes[index] = UInt32(truncatingIfNeeded: ((sum ^ sum >> 29) &* multiplier) >> 36)
    }
  }

  private static let ofSpan: UInt64 = (1 << UInt64(FingerprintLimits.tokens)) - 1

  /// Of tokens; a span that says little is none.
  mutating func rollTokens(_ block: GramBlock, _ table: GramTable) {
    let span = FingerprintLimits.tokens
    var (sum, telling, count) = (sum, telling, 0)
    // Of the last units, as many as a span has.
    var tellingUnits = (telling & Self.ofSpan).nonzeroBitCount
    let (units, sums, last) = (block.units, block.sums, block.last)
    let (warm, end) = (max(0, span - 1 - filled), block.count)
    table.numbers.withUnsafeBufferPointer { numbers in
      guard let numbers = numbers.baseAddress else { return }
      for index in 0..<end {
        let unit = units[index]
        sum = sum << 4 &+ numbers[Int(unit)]
        let tells: UInt64 = TokenClass.tells(unit) ? 1 : 0
        telling = telling << 1 | tells
        tellingUnits &+= Int(truncatingIfNeeded: tells) &- Int(truncatingIfNeeded: telling >> UInt64(span) & 1)
        sums[count] = sum
        last[count] = Int32(truncatingIfNeeded: index)
        // Without a branch, as above.
        let isCandidate = sum >> 62 == 0 && index >= warm && tellingUnits >= FingerprintLimits.tellingTokens
        count &+= isCandidate ? 1 : 0
      }
    }
    (self.sum, self.telling) = (sum, telling)
    block.candidates = count
    Self.hash(block, table.multiplier)
    advance(block.count, span)
  }

  private mutating func advance(_ count: Int, _ span: Int) {
    filled = min(span, filled + count)
    position += count
  }
}
