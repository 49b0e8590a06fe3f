/// Reads the words of a text as they come, and tells where values of tables stand.
///
/// A value is found whichever signs stand between its letters, as far as ``TableLimits/words`` words and
/// ``TableLimits/widestGap`` bytes between them go. What is worth more beside another cell of its row is told when both
/// have been read. Whatever the blocks that the text comes in, the same is told.
package struct TableScan {
  /// Where reading goes on: at no letter, or at the first of some.
  package private(set) var position = 0
  private var isWithinRun = false
  private var script: Letters.Script?
  /// The last words, the newest last.
  private var words: [Word] = []
  /// Places in the last few hundred bytes, in the order of their ends.
  private var nearby: [Hit] = []
  /// Of these, the ones that were told or dismissed, and are there for others' sake.
  private var settledCount = 0

  package init() {}

  /// The lowest place that something may still be told of.
  package var neededFrom: Int {
    let word = words.first?.start ?? position
    return min(position, word, nearby.dropFirst(settledCount).reduce(position) { min($0, $1.place.lowerBound) })
  }

  private struct Word {
    let whole: ValueHash
    /// Without zeros at the beginning, for a value that begins here; `nil` for nothing but zeros.
    let first: ValueHash?
    let start: Int
    let end: Int
  }

  /// A value that stands in a text.
  private struct Hit {
    let place: Range<Int>
    let table: Int
    let value: UInt64
    let rows: [UInt32]
    let isTelling: Bool
  }

  /// What was found, and what it is worth.
  package struct Found {
    /// Among ``KnownTables/tables``.
    package let table: Int
    package let place: Range<Int>
    /// The number of the row of which another cell stands near, where one of the two says something alone, or of which
    /// two do; `nil` where the cell is alone. Of several such rows it is the one of which the most stands near.
    package let row: Int?

    package var isRow: Bool { row != nil }
  }

  private static let longestRun = 256

  /// - Parameters:
  ///   - base: the text's offset of the first byte.
  ///   - separator: stands between two texts, over which no value goes.
  package mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isLast: Bool, separator: UInt8, _ tables: KnownTables,
    _ tell: (Found) -> Void
  ) {
    guard let key = tables.key else { return }
    var index = max(0, position - base)
    let count = bytes.count
    text: while index < count {
      if isWithinRun {
        var step = Letters.Step.goesOn
        while index < count {
          step = Letters.step(bytes, at: index, isLast: isLast, &script)
          guard step == .goesOn else { break }
          index += 1
        }
        guard index < count, step == .ends else { break }
        isWithinRun = false
      }
      while index < count {
        guard let length = Letters.separator(bytes, at: index, isLast: isLast) else { break text }
        guard length > 0 else { break }
        if bytes[index] == separator { words.removeAll(keepingCapacity: true) }
        index += length
      }
      var (whole, first) = (ValueHash(), ValueHash())
      var (end, step) = (index, Letters.Step.goesOn)
      script = nil
      while end < count {
        step = Letters.step(bytes, at: end, isLast: isLast, &script)
        guard step == .goesOn, end < index + Self.longestRun else { break }
        let number = key.hash.ofByte[Int(bytes[end])]
        whole.add(number, key.hash.base)
        if first.letters > 0 || bytes[end] != 0x30 { first.add(number, key.hash.base) }
        end += 1
      }
      // Only what follows tells that a word ends.
      if step == .unknown || (end == count && !isLast) { break }
      if end < count, step == .goesOn {
        words.removeAll(keepingCapacity: true)
        isWithinRun = true
      } else if end > index {
        let word = Word(whole: whole, first: first.letters > 0 ? first : nil, start: base + index, end: base + end)
        add(word, tables, key)
        settle(before: word.end, tell)
      }
      index = end
    }
    position = base + index
    if let last = words.last, position - last.end > TableLimits.widestGap { words.removeAll(keepingCapacity: true) }
    settle(before: isLast ? .max : position, tell)
  }

  private mutating func add(_ word: Word, _ tables: KnownTables, _ key: TableKey) {
    if let last = words.last, last.end < word.start - TableLimits.widestGap {
      words.removeAll(keepingCapacity: true)
    }
    if words.count == TableLimits.words { words.removeFirst() }
    words.append(word)
    var rest = ValueHash()
    for before in words.reversed() {
      if let first = before.first { look(rest.preceded(by: first), before.start..<word.end, tables, key) }
      rest = rest.preceded(by: before.whole)
      if rest.letters >= TableLimits.letters.upperBound { break }
    }
  }

  @inline(__always)
  private mutating func look(_ hash: ValueHash, _ place: Range<Int>, _ tables: KnownTables, _ key: TableKey) {
    guard TableLimits.letters.contains(hash.letters) else { return }
    for (number, index) in tables.indexes.enumerated() where index.filter.mayContain(hash.sum) {
      let rows = index.rows(of: key.stored(hash.sum))
      guard let first = rows.first else { continue }
      keep(
        Hit(
          place: place, table: number, value: hash.sum, rows: rows.map { $0 & ~TableEntry.telling },
          isTelling: first & TableEntry.telling != 0))
    }
  }

  /// A value within a longer one of the same table is that one, unless only the shorter says something alone.
  private mutating func keep(_ hit: Hit) {
    let isWithin = nearby.dropFirst(settledCount).contains {
      $0.table == hit.table && $0.place.contains(hit.place) && ($0.isTelling || !hit.isTelling)
    }
    guard !isWithin else { return }
    var index = nearby.count
    while index > settledCount {
      index -= 1
      let inner = nearby[index]
      if inner.table == hit.table, hit.place.contains(inner.place), hit.isTelling || !inner.isTelling {
        nearby.remove(at: index)
      }
    }
    nearby.append(hit)
  }

  /// Tells what no word to come makes more of.
  private mutating func settle(before end: Int, _ tell: (Found) -> Void) {
    // A cell that begins within the distance may take as many words to end.
    let reach = TableLimits.rowDistance + TableLimits.words * (Self.longestRun + TableLimits.widestGap)
    while settledCount < nearby.count {
      let isFull = nearby.count - settledCount > TableLimits.nearbyHits
      guard isFull || end == .max || nearby[settledCount].place.upperBound + reach < end else { break }
      if let found = judged(nearby[settledCount]) { tell(found) }
      settledCount += 1
      // After each, so that what is remembered is the same whatever the blocks.
      let kept = nearby[settledCount - 1].place.upperBound - reach
      let tooMany = settledCount - TableLimits.nearbyHits
      let past = max(tooMany, nearby[..<settledCount].prefix { $0.place.upperBound < kept }.count)
      if past > 0 {
        nearby.removeFirst(past)
        settledCount -= past
      }
    }
  }

  private func judged(_ hit: Hit) -> Found? {
    // For each row the values that stand near, and whether one of them says something alone.
    var others: [UInt32: (values: Set<UInt64>, isTelling: Bool)] = [:]
    for other in nearby where other.table == hit.table && other.value != hit.value {
      let distance = max(
        other.place.lowerBound - hit.place.upperBound, hit.place.lowerBound - other.place.upperBound)
      guard distance >= 0, distance <= TableLimits.rowDistance else { continue }
      for row in other.rows where hit.rows.contains(row) {
        others[row, default: ([], hit.isTelling)].values.insert(other.value)
        if other.isTelling { others[row]?.isTelling = true }
      }
    }
    guard hit.isTelling || !others.isEmpty else { return nil }
    let row = others.filter { $0.value.values.count > 1 || $0.value.isTelling }
      .max { ($0.value.values.count, $1.key) < ($1.value.values.count, $0.key) }
    return Found(table: hit.table, place: hit.place, row: row.map { Int($0.key) })
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
