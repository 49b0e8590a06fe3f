/// Line numbers as ranges in order that neither touch nor overlap.
struct SentLines: Sendable, Hashable {
  private(set) var ranges: [ClosedRange<Int>] = []
  private(set) var count = 0

  mutating func insert(_ range: ClosedRange<Int>) {
    // The first that does not end before the new one, neighbours counted as touching.
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < range.lowerBound - 1 { low = middle + 1 } else { high = middle }
    }
    var merged = range
    var end = low
    while end < ranges.count, ranges[end].lowerBound - 1 <= merged.upperBound {
      merged = min(merged.lowerBound, ranges[end].lowerBound)...max(merged.upperBound, ranges[end].upperBound)
      count -= ranges[end].count
      end += 1
    }
    ranges.replaceSubrange(low..<end, with: [merged])
    count += merged.count
  }
}
