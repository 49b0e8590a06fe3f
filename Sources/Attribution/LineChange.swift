/// Which lines of a document were in the one before it.
struct LineChange {
  /// For each line of the new one the line of the old one that it was, or -1.
  private(set) var origins: [Int32]

  /// Common beginning and end first, then lines between them that are the same, wherever they moved.
  init(from old: Range<Int>, to new: Range<Int>, in store: StoredLines) {
    origins = [Int32](repeating: -1, count: new.count)
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter, store.hash(old.lowerBound + head) == store.hash(new.lowerBound + head) {
      origins[head] = Int32(old.lowerBound + head)
      head += 1
    }
    var tail = 0
    while tail < shorter - head, store.hash(old.upperBound - 1 - tail) == store.hash(new.upperBound - 1 - tail) {
      origins[new.count - 1 - tail] = Int32(old.upperBound - 1 - tail)
      tail += 1
    }
    let middle = old.lowerBound + head..<old.upperBound - tail
    guard !middle.isEmpty, head + tail < new.count else { return }
    var places: [UInt32: [Int32]] = [:]
    for line in middle.reversed() where store.hash(line) != LineHash.blank {
      places[store.hash(line), default: []].append(Int32(line))
    }
    for index in head..<new.count - tail {
      guard let line = places[store.hash(new.lowerBound + index)]?.popLast() else { continue }
      origins[index] = line
    }
  }
}
