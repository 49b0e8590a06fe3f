/// Decodes one token of base85: groups may begin at any of five characters, in two alphabets.
final class QuintetReader {
  // Plain memory: an array would be checked for other owners at every character.
  private let runs = UnsafeMutablePointer<QuintetRun>.allocate(capacity: alphabets * 5)
  /// In each alphabet, where the characters in a row begin that it has.
  private var starts: InlineArray<2, Int> = [0, 0]

  private static let alphabets = 2

  init() { runs.initialize(repeating: QuintetRun(), count: Self.alphabets * 5) }

  deinit {
    runs.deinitialize(count: Self.alphabets * 5)
    runs.deallocate()
  }

  /// One that stands in the same token, or before the next.
  ///
  /// - Returns: `nil` where a part of it cannot be copied.
  func copy(_ copies: TreeCopy) -> QuintetReader? {
    let copy = QuintetReader()
    copy.starts = starts
    for index in 0..<Self.alphabets * 5 {
      guard let run = runs[index].copy(copies) else { return nil }
      copy.runs[index] = run
    }
    return copy
  }

  func begin(at offset: Int) {
    starts = [offset, offset]
    for index in 0..<Self.alphabets * 5 { runs[index].end() }
  }

  /// Reads characters of a token.
  ///
  /// - Parameter bytes: indexed by the view's offsets; readable from the token's beginning, or five before `start`.
  func read(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, of view: DecodedView) {
    for alphabet in 0..<Self.alphabets {
      let table = Base85.digits + alphabet * 256
      let runs = runs + alphabet * 5
      var first = starts[alphabet]
      for offset in start..<end {
        if table[Int(bytes[offset])] == Base85.none {
          endPart(alphabet, bytes, from: first, to: offset, of: view)
          first = offset + 1
        } else if offset - first >= 4 {
          var value: UInt64 = 0
          for index in offset - 4...offset { value = value * 85 + UInt64(table[Int(bytes[index])]) }
          runs[offset % 5].take(value, 4, at: offset - 4..<offset + 1, of: view)
        }
      }
      starts[alphabet] = first
    }
  }

  /// The last characters may be a part of a group, of one byte less.
  private func endPart(
    _ alphabet: Int, _ bytes: UnsafePointer<UInt8>, from first: Int, to end: Int, of view: DecodedView
  ) {
    let table = Base85.digits + alphabet * 256
    for left in 2..<5 where end - first >= 5 + left {
      var value: UInt64 = 0
      for index in 0..<5 { value = value * 85 + (index < left ? UInt64(table[Int(bytes[end - left + index])]) : 84) }
      runs[alphabet * 5 + (end - left + 4) % 5].take(value, left - 1, at: end - left..<end, of: view)
    }
    for index in 0..<5 { runs[alphabet * 5 + index].end() }
  }

  /// The token ends before `offset`.
  func end(_ bytes: UnsafePointer<UInt8>, at offset: Int, of view: DecodedView) {
    for alphabet in 0..<Self.alphabets {
      endPart(alphabet, bytes, from: starts[alphabet], to: offset, of: view)
    }
  }
}
