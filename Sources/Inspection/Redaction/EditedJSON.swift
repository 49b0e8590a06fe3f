/// A body of JSON in which something is replaced.
struct EditedJSON {
  private let text: [UInt8]
  private let leaves: JSONLeaves

  /// - Returns: `nil` where it is no JSON.
  init?(_ text: [UInt8]) {
    guard let leaves = text.withUnsafeBufferPointer({ JSONLeaves($0) }) else { return nil }
    self.text = text
    self.leaves = leaves
  }

  /// Of a number all of it: it becomes a string.
  func whole(_ range: Range<Int>) -> (range: Range<Int>, isNumber: Bool) {
    guard let leaf = leaf(at: range.lowerBound), !leaf.isString, range.upperBound <= leaf.range.upperBound else {
      return (range, false)
    }
    return (leaf.range, true)
  }

  /// Whether a vendor has signed what stands there: a model's thinking, which is refused when a byte of it is changed.
  func isSealed(_ range: Range<Int>) -> Bool {
    guard let leaf = leaf(at: range.lowerBound), leaf.isString else { return false }
    return text.withUnsafeBufferPointer { AnswerDialect.isSealed(leaf, in: leaves, $0) }
  }

  /// How many strings each offset is in.
  ///
  /// - Complexity: linear in the text.
  func depths(at offsets: Set<Int>) -> [Int: Int] {
    var depths: [Int: Int] = [:]
    var nesting = StringNesting()
    var read = 0
    for offset in offsets.sorted() {
      nesting.read(text[read..<offset])
      read = offset
      depths[offset] = nesting.depth
    }
    return depths
  }

  private func leaf(at offset: Int) -> JSONLeaves.Leaf? {
    var low = 0
    var high = leaves.leaves.count
    while low < high {
      let middle = (low + high) / 2
      if leaves.leaves[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low < leaves.leaves.count, leaves.leaves[low].range.contains(offset) else { return nil }
    return leaves.leaves[low]
  }
}
