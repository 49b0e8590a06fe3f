/// Ranges of bytes that do not overlap, in order.
struct ByteRanges {
  private(set) var ranges: [Range<Int>]

  init(_ ranges: [Range<Int>]) {
    self.ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound {
        self.ranges[self.ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  func contains(_ offset: Int) -> Bool { range(around: offset) != nil }

  /// The range that the offset is in.
  func range(around offset: Int) -> Range<Int>? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 && ranges[low - 1].upperBound > offset ? ranges[low - 1] : nil
  }
}
