/// A stretch of a body that lies in one string of JSON, without the strings in it; the whole body where that is no JSON.
struct StringPiece {
  let range: Range<Int>
  /// Strings around it.
  let depth: Int

  /// Those of a body, in order; what is between strings is in none.
  ///
  /// - Complexity: linear in the text.
  static func all(of text: [UInt8]) -> [StringPiece] {
    var pieces: [StringPiece] = []
    var nesting = StringNesting()
    var (start, end) = (0, 0)
    var (depth, isBare) = (0, false)
    for (index, byte) in text.enumerated() {
      nesting.read(CollectionOfOne(byte))
      if nesting.depth != depth || nesting.isBare != isBare {
        // Without the escape of the quote that ends it.
        if !isBare, start < end { pieces.append(StringPiece(range: start..<end, depth: depth)) }
        (start, depth, isBare) = (index + 1, nesting.depth, nesting.isBare)
      }
      if !nesting.isInEscape { end = index + 1 }
    }
    if !isBare, start < text.count { pieces.append(StringPiece(range: start..<text.count, depth: depth)) }
    return pieces
  }

  // MARK: Lines

  /// Whether an end of a line stands before the offset.
  private func isBehindLineEnd(_ offset: Int, _ text: [UInt8]) -> Bool {
    guard offset > range.lowerBound else { return false }
    guard depth > 0 else { return text[offset - 1] == 0x0a }
    guard text[offset - 1] == UInt8(ascii: "n") else { return false }
    var first = offset - 1
    while first > range.lowerBound, text[first - 1] == UInt8(ascii: "\\") { first -= 1 }
    // Each string around it has doubled those that stand for a backslash.
    return (offset - 1 - first) % (1 << depth) == 1 << (depth - 1)
  }

  /// Bytes of what ends a line.
  var lineEndBytes: Int { depth == 0 ? 1 : 1 + 1 << (depth - 1) }

  /// Where the line of an offset begins; `nil` where that is too far away.
  func lineStart(of offset: Int, _ text: [UInt8]) -> Int? {
    var start = offset
    while start > range.lowerBound, !isBehindLineEnd(start, text) {
      start -= 1
      if offset - start > InspectionLimits.passageLineBytes { return nil }
    }
    return start
  }

  /// Where the line of an offset ends, without what ends it; `nil` where that is too far away.
  func lineEnd(of offset: Int, _ text: [UInt8]) -> Int? {
    var next = offset
    while next < range.upperBound {
      next += 1
      if isBehindLineEnd(next, text) { return max(offset, next - lineEndBytes) }
      if next - offset > InspectionLimits.passageLineBytes { return nil }
    }
    return range.upperBound
  }
}
