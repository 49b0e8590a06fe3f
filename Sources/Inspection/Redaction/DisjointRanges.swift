/// Ranges of which none overlaps another, in ascending order.
struct DisjointRanges {
  private var ranges: [Range<Int>] = []

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

  func overlaps(_ range: Range<Int>) -> Bool {
    let index = index(endingAfter: range.lowerBound)
    return index < ranges.count && ranges[index].lowerBound < range.upperBound
  }

  /// - Returns: false where it overlaps one that is there.
  mutating func insert(_ range: Range<Int>) -> Bool {
    guard !overlaps(range) else { return false }
    ranges.insert(range, at: index(endingAfter: range.lowerBound))
    return true
  }
}
