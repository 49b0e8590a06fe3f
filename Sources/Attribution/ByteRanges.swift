/// Ranges of bytes that do not overlap, in order.
struct ByteRanges {
  private(set) var ranges: [Range<Int>]

  init() { ranges = [] }

  /// - Parameter ranges: in any order. Its memory is used.
  init(_ ranges: consuming [Range<Int>]) {
    ranges.sort { $0.lowerBound < $1.lowerBound }
    var count = 0
    for index in ranges.indices where !ranges[index].isEmpty {
      let range = ranges[index]
      if count > 0, range.lowerBound <= ranges[count - 1].upperBound {
        ranges[count - 1] = ranges[count - 1].lowerBound..<max(ranges[count - 1].upperBound, range.upperBound)
      } else {
        ranges[count] = range
        count += 1
      }
    }
    ranges.removeLast(ranges.count - count)
    self.ranges = ranges
  }

  /// Takes in more ranges.
  mutating func add(_ more: some Sequence<Range<Int>>) {
    var all = ranges
    ranges = []
    all.append(contentsOf: more)
    self = ByteRanges(consume all)
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
