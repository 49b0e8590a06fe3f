/// Tells spans of letters that are none: lines, boxes, arrows and dots, of which drawings in comments are made everywhere.
struct SymbolSpans {
  /// For each of the last units of the piece before, whether a symbol begins there; the latest lowest.
  private var before: UInt64 = 0
  private var flags: [UInt64] = []

  /// In UTF-8 these begin the characters from U+2000 to U+2FFF, each of three bytes.
  private static let lead: UInt8 = 0xe2
  /// Symbols in a span that make it a drawing: more than half of its units.
  private static let most = 6

  /// Reads a piece's units.
  mutating func read(_ block: GramBlock) {
    flags.removeAll(keepingCapacity: true)
    for index in 0..<block.count {
      before = before << 1 | (block.units[index] == Self.lead ? 1 : 0)
      flags.append(before)
    }
  }

  /// Whether a span is one of letters.
  ///
  /// - Parameter last: the unit of the piece that it ends with.
  func tells(_ last: Int) -> Bool {
    let span = (1 << UInt64(FingerprintLimits.characters)) - 1 as UInt64
    return (flags[last] & span).nonzeroBitCount < Self.most
  }
}
