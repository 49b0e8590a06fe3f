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

  /// Of a number all of it.
  private func whole(_ range: Range<Int>) -> Range<Int> {
    guard let leaf = leaf(at: range.lowerBound), !leaf.isString, range.upperBound <= leaf.range.upperBound else {
      return range
    }
    return leaf.range
  }

  /// A part of a place that is taken out by itself.
  struct Part {
    let range: Range<Int>
    /// How many strings it is in; `nil` where the place's own number is right.
    var depth: Int?
    var isNumber = false
  }

  /// The values that a place has parts of, where they are several: what is between them stays, so that JSON stays the JSON
  /// that it is. Else the place.
  func parts(of range: Range<Int>) -> [Part] {
    let touched = leaves.leaves[index(at: range.lowerBound)...].prefix { $0.range.lowerBound < range.upperBound }
    guard touched.count > 1 else { return [Part(range: whole(range))] }
    return touched.filter { !$0.range.isEmpty }.map { leaf in
      leaf.isString
        ? Part(range: leaf.range.clamped(to: range), depth: 1) : Part(range: leaf.range, depth: 0, isNumber: true)
    }
  }

  /// Whether a vendor has signed what stands there: a model's thinking, which is refused when a byte of it is changed.
  func isSealed(_ range: Range<Int>) -> Bool {
    guard let leaf = leaf(at: range.lowerBound), leaf.isString else { return false }
    return text.withUnsafeBufferPointer { AnswerDialect.isSealed(leaf, in: leaves, $0) }
  }

  /// Where something begins that was read at an offset.
  struct Beginning {
    /// How many strings it is in.
    let depth: Int
    /// Whether it is a number there, and not in a string.
    let isBare: Bool
    /// The first offset that is within no escape: what begins with the n of `\n` does not.
    let start: Int
  }

  /// - Complexity: linear in the text.
  func beginnings(at offsets: Set<Int>) -> [Int: Beginning] {
    var beginnings: [Int: Beginning] = [:]
    var nesting = StringNesting()
    var read = 0
    for offset in offsets.sorted() {
      if read < offset {
        nesting.read(text[read..<offset])
        read = offset
      }
      while nesting.isInEscape, read < text.count {
        nesting.read(text[read...read])
        read += 1
      }
      beginnings[offset] = Beginning(depth: nesting.depth, isBare: nesting.isBare, start: read)
    }
    return beginnings
  }

  private func leaf(at offset: Int) -> JSONLeaves.Leaf? {
    let index = index(at: offset)
    guard index < leaves.leaves.count, leaves.leaves[index].range.contains(offset) else { return nil }
    return leaves.leaves[index]
  }

  /// The first leaf that ends behind an offset.
  private func index(at offset: Int) -> Int {
    var low = 0
    var high = leaves.leaves.count
    while low < high {
      let middle = (low + high) / 2
      if leaves.leaves[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
