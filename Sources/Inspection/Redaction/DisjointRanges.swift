/// Ranges of which none overlaps another, in ascending order.
package struct DisjointRanges: Sendable {
  private var ranges: [Range<Int>] = []

  package init() {}

  package var isEmpty: Bool { ranges.isEmpty }

  /// Whether one of them has all of it.
  package func holds(_ range: Range<Int>) -> Bool {
    let index = index(endingAfter: range.lowerBound)
    return index < ranges.count && ranges[index].lowerBound <= range.lowerBound
      && range.upperBound <= ranges[index].upperBound
  }

  /// The first that ends behind the offset.
  private func index(endingAfter offset: Int) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func overlapping(_ range: Range<Int>) -> ArraySlice<Range<Int>> {
    ranges[index(endingAfter: range.lowerBound)...].prefix { $0.lowerBound < range.upperBound }
  }

  /// - Returns: those that it had.
  mutating func removeAll(overlapping range: Range<Int>) -> [Range<Int>] {
    let overlapping = overlapping(range)
    ranges.removeSubrange(overlapping.indices)
    return Array(overlapping)
  }

  func overlaps(_ range: Range<Int>) -> Bool {
    let index = index(endingAfter: range.lowerBound)
    return index < ranges.count && ranges[index].lowerBound < range.upperBound
  }

  /// - Returns: false where it overlaps one that is there.
  package mutating func insert(_ range: Range<Int>) -> Bool {
    guard !overlaps(range) else { return false }
    ranges.insert(range, at: index(endingAfter: range.lowerBound))
    return true
  }
}
