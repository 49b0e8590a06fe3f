internal import Evidence

/// Values that were taken out of a message: they are looked for in everything that is sent later, since what gave them away
/// may not stand beside them then.
package struct KnownValues: Sendable {
  /// How long the values are that begin with these four bytes, the longest first.
  private let lengths: [UInt32: [Int]]
  /// What each was found to be.
  private let kinds: Secret<[[UInt8]: RedactedKind]>
  /// Whether a value may begin with those letters, by twelve bits of them.
  private let filter: [Bool]
  package let isEmpty: Bool

  /// Shorter ones are in too much that is something else.
  package static let shortest = 6
  /// From here on a value is one wherever it stands; a shorter one must not be a part of a longer word.
  private static let unmistakable = 16

  /// - Parameter entries: those shorter than ``shortest`` are not looked for.
  package init(_ entries: [(value: [UInt8], kind: RedactedKind)]) {
    var lengths: [UInt32: Set<Int>] = [:]
    var filter = [Bool](repeating: false, count: 1 << 12)
    let entries = entries.filter { $0.value.count >= Self.shortest }
    for entry in entries {
      let beginning = entry.value.withUnsafeBufferPointer { Self.beginning($0, at: 0) }
      lengths[beginning, default: []].insert(entry.value.count)
      filter[Self.slot(beginning)] = true
    }
    self.lengths = lengths.mapValues { $0.sorted(by: >) }
    self.filter = filter
    kinds = Secret(Dictionary(entries.map { ($0.value, $0.kind) }) { first, _ in first })
    isEmpty = entries.isEmpty
  }

  /// Where values stand in a text, in ascending order and without overlaps.
  ///
  /// - Complexity: linear in the text, whatever the values; a place at which many begin costs one look for each length.
  func occurrences(in text: UnsafeBufferPointer<UInt8>) -> [(range: Range<Int>, kind: RedactedKind)] {
    guard !isEmpty, text.count >= Self.shortest else { return [] }
    return kinds.withValue { kinds in
      var found: [(Range<Int>, RedactedKind)] = []
      var position = 0
      while position + Self.shortest <= text.count {
        guard let (end, kind) = value(in: text, at: position, kinds) else {
          position += 1
          continue
        }
        found.append((position..<end, kind))
        position = end
      }
      return found
    }
  }

  private func value(
    in text: UnsafeBufferPointer<UInt8>, at start: Int, _ kinds: [[UInt8]: RedactedKind]
  ) -> (end: Int, kind: RedactedKind)? {
    let beginning = Self.beginning(text, at: start)
    guard filter[Self.slot(beginning)], let lengths = lengths[beginning] else { return nil }
    for length in lengths where start + length <= text.count {
      guard let kind = kinds[Array(text[start..<start + length])] else { continue }
      if length >= Self.unmistakable || Self.standsAlone(start..<start + length, in: text) {
        return (start + length, kind)
      }
    }
    return nil
  }

  private static func standsAlone(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let (start, end) = (range.lowerBound, range.upperBound)
    let goesOnBefore = start > 0 && isWord(text[start]) && isWord(text[start - 1])
    let goesOnAfter = end < text.count && isWord(text[end - 1]) && isWord(text[end])
    return !goesOnBefore && !goesOnAfter
  }

  private static func isWord(_ byte: UInt8) -> Bool { ByteSet.word.contains(byte) || byte >= 0x80 }

  private static func beginning(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt32 {
    UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: position, as: UInt32.self)
  }

  private static func slot(_ beginning: UInt32) -> Int { Int((beginning &* 0x9e37_79b1) >> 20) }
}
