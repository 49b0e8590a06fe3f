/// A number for each line of a document. A line that stays as it is when its file changes keeps its number, wherever it
/// moves.
struct LineIdentities: Sendable {
  /// Lines from `line` on have the numbers from `identity` on, up to the next stretch.
  struct Stretch: Sendable {
    let line: UInt32
    let identity: UInt32
  }

  private(set) var stretches: [Stretch] = []
  private(set) var count = 0

  init() {}

  mutating func append(_ identity: UInt32) {
    if let last = stretches.last, last.identity &+ (UInt32(count) - last.line) == identity {
      count += 1
      return
    }
    stretches.append(Stretch(line: UInt32(count), identity: identity))
    count += 1
  }

  /// The number of the line at `index`, from 0.
  subscript(index: Int) -> UInt32 {
    var low = 0
    var high = stretches.count
    while low < high {
      let middle = (low + high) / 2
      if Int(stretches[middle].line) <= index { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let stretch = stretches[low - 1]
    return stretch.identity &+ (UInt32(index) - stretch.line)
  }

  /// The line with the number, if there is one.
  func line(of identity: UInt32) -> Int? {
    for (index, stretch) in stretches.enumerated() where identity >= stretch.identity {
      let end = index + 1 < stretches.count ? Int(stretches[index + 1].line) : count
      let line = Int(stretch.line) + Int(identity - stretch.identity)
      if line < end { return line }
    }
    return nil
  }
}
