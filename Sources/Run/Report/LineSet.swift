/// Line numbers as ranges that neither touch nor overlap, in order.
struct LineSet: Hashable {
  let ranges: [ClosedRange<Int>]

  init(_ unordered: [ClosedRange<Int>]) {
    var ranges: [ClosedRange<Int>] = []
    for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    self.ranges = ranges
  }

  var count: Int { ranges.reduce(0) { $0 + $1.count } }
}
