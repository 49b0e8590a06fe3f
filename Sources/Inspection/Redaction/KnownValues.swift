internal import Evidence

/// Values that were taken out of a message: they are looked for in everything that is sent later, since what gave them away
/// may not stand beside them then.
package struct KnownValues: Sendable {
  private let entries: Secret<[Entry]>
  /// By the first eight bytes of those that have as many, how long they are, the longest first.
  private let lengths: [UInt64: [Int]]
  /// By what is seen of them at a place before they are compared.
  private let byLook: [Look: [Int]]
  /// Shorter ones, whole.
  private let short: Secret<[[UInt8]: Int]>
  private let shortLengths: [Int]
  /// Whether a value may begin with two bytes, by twelve bits of them.
  private let filter: [Bool]

  package var isEmpty: Bool { filter.isEmpty }

  private struct Entry: Sendable {
    let value: [UInt8]
    let kind: RedactedKind
  }

  /// The length, and the eight bytes at the beginning, in the middle and at the end: private keys begin and end alike.
  private struct Look: Hashable, Sendable {
    let length: Int
    let first: UInt64
    let middle: UInt64
    let last: UInt64

    init(_ length: Int, first: UInt64, in text: UnsafeBufferPointer<UInt8>, at start: Int) {
      self.length = length
      self.first = first
      middle = KnownValues.word(text, at: start + (length - KnownValues.wordBytes) / 2)
      last = KnownValues.word(text, at: start + length - KnownValues.wordBytes)
    }
  }

  private static let wordBytes = 8
  /// Shorter ones are in too much that is something else.
  package static let shortest = 6
  /// From here on a value is one wherever it stands; a shorter one must not be a part of a longer word.
  private static let unmistakable = 16

  /// - Parameter entries: those shorter than ``shortest`` are not looked for.
  package init(_ entries: [(value: [UInt8], kind: RedactedKind)]) {
    let entries = entries.filter { $0.value.count >= Self.shortest }.map { Entry(value: $0.value, kind: $0.kind) }
    var lengths: [UInt64: Set<Int>] = [:]
    var byLook: [Look: [Int]] = [:]
    var short: [[UInt8]: Int] = [:]
    var filter = [Bool](repeating: false, count: entries.isEmpty ? 0 : 1 << 12)
    for (index, entry) in entries.enumerated() {
      entry.value.withUnsafeBufferPointer { value in
        filter[Self.slot(value, at: 0)] = true
        guard value.count >= Self.wordBytes else { return _ = short.updateValue(index, forKey: entry.value) }
        let first = Self.word(value, at: 0)
        lengths[first, default: []].insert(value.count)
        byLook[Look(value.count, first: first, in: value, at: 0), default: []].append(index)
      }
    }
    self.entries = Secret(entries)
    self.lengths = lengths.mapValues { $0.sorted(by: >) }
    self.byLook = byLook
    self.short = Secret(short)
    shortLengths = Set(short.keys.map(\.count)).sorted(by: >)
    self.filter = filter
  }

  /// Where values stand in a text, in ascending order and without overlaps.
  ///
  /// - Complexity: linear in the text; a place at which values begin costs one look for each of their lengths.
  func occurrences(in text: UnsafeBufferPointer<UInt8>) -> [(range: Range<Int>, kind: RedactedKind)] {
    guard !isEmpty else { return [] }
    return entries.withValue { entries in
      short.withValue { short in
        var found: [(Range<Int>, RedactedKind)] = []
        var position = 0
        while position + Self.shortest <= text.count {
          guard filter[Self.slot(text, at: position)],
            let (end, index) = value(in: text, at: position, entries, short)
          else {
            position += 1
            continue
          }
          found.append((position..<end, entries[index].kind))
          position = end
        }
        return found
      }
    }
  }

  private func value(
    in text: UnsafeBufferPointer<UInt8>, at start: Int, _ entries: [Entry], _ short: [[UInt8]: Int]
  ) -> (end: Int, index: Int)? {
    if start + Self.wordBytes <= text.count {
      let first = Self.word(text, at: start)
      for length in lengths[first] ?? [] where start + length <= text.count {
        let same = byLook[Look(length, first: first, in: text, at: start)]?.first { index in
          text[start..<start + length].elementsEqual(entries[index].value)
        }
        if let same, length >= Self.unmistakable || Self.standsAlone(start..<start + length, in: text) {
          return (start + length, same)
        }
      }
    }
    for length in shortLengths where start + length <= text.count {
      guard let index = short[Array(text[start..<start + length])],
        Self.standsAlone(start..<start + length, in: text)
      else { continue }
      return (start + length, index)
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

  private static func word(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt64 {
    UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: position, as: UInt64.self)
  }

  private static func slot(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    Int(text[position]) << 4 ^ Int(text[position + 1])
  }
}
