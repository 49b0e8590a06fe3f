internal import CText

/// Looks for shapes in a view as it comes: 64 bytes at a time, masks tell where digits, capitals and long rows begin, and
/// what may stand there is compared byte by byte.
struct ShapeScan {
  /// Where reading goes on, in the view: all shapes that are looked for before are told.
  private(set) var position = 0

  private static let blockBytes = 64

  /// - Parameters:
  ///   - base: the view's offset of the first byte.
  ///   - hits: where shapes are told, by the numbers of their leads.
  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isLast: Bool, _ table: ShapeTable,
    into hits: inout [PatternStream.Hit]
  ) {
    let layout = table.layout
    guard !bytes.isEmpty else { return }
    var index = layout.isEmpty ? bytes.count : position - base
    defer { position = base + min(index, bytes.count) }
    let end = isLast ? bytes.count : bytes.count - layout.longest - Self.blockBytes
    guard index < end else { return }
    defer { withExtendedLifetime(table) {} }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 3 * layout.classCount) { memory in
      guard let masks = memory.baseAddress else { return }
      var block = ShapeBlock(bytes, at: index, masks, layout)
      while true {
        block.search(base, &hits)
        index += Self.blockBytes
        guard index < end else { break }
        block.advance()
      }
    }
  }
}

/// 64 bytes of a text, and the classes of these and of those around them.
private struct ShapeBlock {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var start: Int
  private let table: ShapeTable.Layout
  private var masks: UnsafeMutablePointer<UInt64>
  private var next: UnsafeMutablePointer<UInt64>
  /// The lowest bit: whether the byte before the block is in the class.
  private let before: UnsafeMutablePointer<UInt64>

  private static let size = 64

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, _ memory: UnsafeMutablePointer<UInt64>,
    _ table: ShapeTable.Layout
  ) {
    self.bytes = bytes
    self.start = start
    self.table = table
    masks = memory
    next = memory + table.classCount
    before = memory + 2 * table.classCount
    read(start - 1, 1, into: before)
    read(start, Self.size, into: masks)
    read(start + Self.size, Self.size, into: next)
  }

  mutating func advance() {
    for number in 0..<table.classCount { before[number] = masks[number] &>> 63 }
    swap(&masks, &next)
    start += Self.size
    read(start + Self.size, Self.size, into: next)
  }

  private func read(_ index: Int, _ most: Int, into masks: UnsafeMutablePointer<UInt64>) {
    guard let text = bytes.baseAddress, index >= 0, index < bytes.count else {
      masks.update(repeating: 0, count: table.classCount)
      return
    }
    sallyport_class_masks(text + index, min(most, bytes.count - index), table.classes, table.classCount, masks)
  }

  @inline(__always)
  func search(_ base: Int, _ hits: inout [PatternStream.Hit]) {
    searchRuns(.digits, base, &hits)
    searchRuns(.capitals, base, &hits)
    guard rows(of: ShapeTable.widest, atLeast: WideClass.leastCount) != 0 else { return }
    for number in 0..<table.longRunCount { searchLong(table.longRuns[number], base, &hits) }
  }

  /// Looks where bytes of a kind begin.
  @inline(__always)
  private func searchRuns(_ kind: RunKind, _ base: Int, _ hits: inout [PatternStream.Hit]) {
    let members = masks[kind.rawValue]
    var starts = members & ~(members &<< 1 | before[kind.rawValue])
    while starts != 0 {
      let place = starts.trailingZeroBitCount
      let length = min((~shifted(kind.rawValue, place)).trailingZeroBitCount, ShapeTable.longestRun)
      let end = start + place + length
      let behind = end < bytes.count ? Int(bytes[end]) : ShapeTable.endOfText
      if let group = table.group(kind, length: length, behind: behind) { compare(group, start + place, base, &hits) }
      starts &= starts - 1
    }
  }

  /// Looks where many bytes of a class begin that have no letter and no digit before them.
  @inline(__always)
  private func searchLong(_ run: ShapeTable.LongRun, _ base: Int, _ hits: inout [PatternStream.Hit]) {
    var starts = rows(of: run.number, atLeast: run.count)
    starts &= ~(masks[ShapeTable.boundary] &<< 1 | before[ShapeTable.boundary])
    while starts != 0 {
      compare(run.group, start + starts.trailingZeroBitCount, base, &hits)
      starts &= starts - 1
    }
  }

  /// The places from which on so many bytes are in the class, at most 64.
  @inline(__always)
  private func rows(of number: Int, atLeast count: Int) -> UInt64 {
    var (low, high) = (masks[number], next[number])
    var length = 1
    while length < count, low != 0 {
      let shift = UInt64(truncatingIfNeeded: min(length, count &- length))
      low &= low &>> shift | high &<< (64 &- shift)
      high &= high &>> shift
      length += Int(truncatingIfNeeded: shift)
    }
    return low
  }

  /// Which of the 64 bytes from a place on are in the class.
  @inline(__always)
  private func shifted(_ number: Int, _ place: Int) -> UInt64 {
    let place = UInt64(truncatingIfNeeded: place)
    return masks[number] &>> place | (next[number] &<< 1) &<< (63 &- place)
  }

  @inline(never)
  private func compare(_ group: ShapeTable.Group, _ pivot: Int, _ base: Int, _ hits: inout [PatternStream.Hit]) {
    for entry in UnsafeBufferPointer(start: table.entries + group.first, count: group.count) {
      let first = pivot - entry.pivot
      guard first >= 0, first + entry.setCount <= bytes.count else { continue }
      if first > 0, entry.notBefore.contains(bytes[first - 1]) { continue }
      let sets = table.sets + entry.firstSet
      if (0..<entry.setCount).allSatisfy({ sets[$0].contains(bytes[first + $0]) }) {
        hits.append(PatternStream.Hit(lead: entry.lead, end: base + first + entry.setCount))
      }
    }
  }
}
