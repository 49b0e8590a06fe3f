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
}
