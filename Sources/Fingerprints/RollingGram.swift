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
    let (units, hashes, last) = (block.units, block.hashes, block.last)
    let warm = min(block.count, max(0, span - 1 - filled))
    let multiplier = table.multiplier
    table.numbers.withUnsafeBufferPointer { numbers in
      // A byte is always one of 256.
      guard let numbers = numbers.baseAddress else { return }
      for index in 0..<warm { sum = sum << 2 &+ numbers[Int(units[index])] }
      for index in warm..<block.count {
        sum = sum << 2 &+ numbers[Int(units[index])]
        hashes[count] = UInt32(truncatingIfNeeded: ((sum ^ sum >> 29) &* multiplier) >> 36)
        last[count] = Int32(truncatingIfNeeded: index)
        count &+= sum >> 62 == 0 ? 1 : 0
      }
    }
    self.sum = sum
    block.candidates = count
    advance(block.count, span)
  }

  /// Of tokens; a span that says little is none.
  mutating func rollTokens(_ block: GramBlock, _ table: GramTable) {
    let span = FingerprintLimits.tokens
    var (sum, telling, count) = (sum, telling, 0)
    let (units, hashes, last) = (block.units, block.hashes, block.last)
    let warm = max(0, span - 1 - filled)
    let multiplier = table.multiplier
    table.numbers.withUnsafeBufferPointer { numbers in
      guard let numbers = numbers.baseAddress else { return }
      for index in 0..<block.count {
        sum = sum << 4 &+ numbers[Int(units[index])]
        telling = telling << 1 | (TokenClass.tells(units[index]) ? 1 : 0)
        guard sum >> 62 == 0, index >= warm, (telling & 0xffff).nonzeroBitCount >= FingerprintLimits.tellingTokens
        else { continue }
        hashes[count] = UInt32(truncatingIfNeeded: ((sum ^ sum >> 29) &* multiplier) >> 36)
        last[count] = Int32(truncatingIfNeeded: index)
        count &+= 1
      }
    }
    (self.sum, self.telling) = (sum, telling)
    block.candidates = count
    advance(block.count, span)
  }

  private mutating func advance(_ count: Int, _ span: Int) {
    filled = min(span, filled + count)
    position += count
  }
}
