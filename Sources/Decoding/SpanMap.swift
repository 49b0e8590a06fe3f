/// Where each byte of a view stands in the bytes that it was decoded from. Append-only, in order of view offsets.
struct SpanMap {
  private(set) var entries: [Entry] = []
  /// Where the compressed text begins that this view is, in the message's original bytes.
  var wholeStart = 0

  /// From ``view`` on, until the next entry.
  struct Entry {
    let view: Int
    /// The offset in the parent of the first character that is decoded.
    let parent: Int
    let kind: Kind
  }

  enum Kind {
    /// `decoded` bytes stand for `encoded` bytes of the parent; after them byte stands for byte.
    case escape(decoded: UInt8, encoded: UInt8)
    /// Two bytes of the parent for one: hexadecimal digits, UTF-16.
    case double
    /// Base64 and base32, a digit of so many bits for a character: ``Entry/parent`` is a group's first character, the
    /// first byte here its `phase`th.
    case digits(bits: UInt8, phase: UInt8, continues: Bool)
    /// What came out of so many bytes of the parent, of which ``Entry/parent`` is the end. Compressed text has no places
    /// of its own: of the message's original bytes it is all from ``SpanMap/wholeStart`` on.
    case whole(consumed: UInt32)
  }

  /// What it takes in memory.
  var heldBytes: Int { entries.count * MemoryLayout<Entry>.stride }

  mutating func append(_ entry: Entry) { entries.append(entry) }

  /// Compressed bytes of the parent were read, up to `end`; what comes of them follows.
  mutating func appendWhole(view: Int, consumed: Int, end: Int) {
    var consumed = UInt32(clamping: consumed)
    // Of what was read before nothing came yet.
    if let last = entries.last, last.view == view, case .whole(let earlier) = last.kind {
      consumed = UInt32(clamping: Int(consumed) + Int(earlier))
      entries.removeLast()
    }
    entries.append(.init(view: view, parent: end, kind: .whole(consumed: consumed)))
  }

  mutating func append(_ more: UnsafeBufferPointer<Entry>) {
    let needed = entries.count + more.count
    // By little, as windows grow: an array would double.
    if needed > entries.capacity, needed > Self.few { entries.reserveCapacity(needed + needed / 4) }
    entries.append(contentsOf: more)
  }

  private static let few = 256
  /// Of what is not needed any more, so many are worth moving the others.
  private static let enoughToForget = 128

  /// Forgets what lies before the entry that covers `offset`.
  mutating func prune(before offset: Int) {
    let index = self.index(covering: offset)
    if index > Self.enoughToForget { entries.removeFirst(index) }
  }

  /// The last entry that begins at or before the offset; 0 where there is none.
  private func index(covering offset: Int) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].view <= offset { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// Whether this is compressed text.
  var isWhole: Bool {
    if case .whole = entries.first?.kind { true } else { false }
  }

  /// Where the compressed bytes that a byte came of are in the parent, as far as their share tells it: in proportion.
  ///
  /// - Parameter received: bytes of the view so far.
  func proportion(of offset: Int, received: Int) -> Int {
    let index = index(covering: offset)
    guard entries.indices.contains(index), case .whole(let consumed) = entries[index].kind else { return offset }
    let entry = entries[index]
    let end = index + 1 < entries.count ? entries[index + 1].view : received
    let part = Double(min(offset, end) - entry.view) / Double(max(1, end - entry.view))
    return entry.parent - Int(consumed) + Int(max(0, part) * Double(consumed))
  }

  func base64Phase(of offset: Int) -> Int? {
    guard !entries.isEmpty else { return nil }
    let entry = entries[index(covering: offset)]
    guard case .digits(bits: 6, let phase, _) = entry.kind else { return nil }
    return (Int(phase) + max(0, offset - entry.view)) % 3
  }

  /// The parent's offset at which the encoding of the byte at `offset` begins.
  func start(of offset: Int) -> Int {
    guard !entries.isEmpty else { return offset }
    return Self.start(of: offset, in: entries[index(covering: offset)])
  }

  /// The parent's offset at which the encoding of the byte at `offset` ends.
  func end(of offset: Int) -> Int {
    guard !entries.isEmpty else { return offset + 1 }
    let index = index(covering: offset)
    let entry = entries[index]
    let start = Self.start(of: offset, in: entry)
    switch entry.kind {
    case .escape(let decoded, let encoded):
      return offset < entry.view + Int(decoded) ? entry.parent + Int(encoded) : start + 1
    case .double: return start + 2
    case .digits(let bits, let phase, _):
      let group = Self.group(ofDigits: bits)
      let byte = (Int(phase) + max(0, offset - entry.view)) % group.bytes
      // A byte that straddles two lines ends where the next one's first character ends, which it shares.
      if byte < group.bytes - 1, index + 1 < entries.count, entries[index + 1].view == offset + 1,
        case .digits(_, _, continues: true) = entries[index + 1].kind
      {
        return Self.start(of: offset + 1, in: entries[index + 1]) + 1
      }
      return start + (8 * byte + 7) / Int(bits) - 8 * byte / Int(bits) + 1
    case .whole: return entry.parent
    }
  }

  /// Characters and bytes that begin and end together.
  private static func group(ofDigits bits: UInt8) -> (characters: Int, bytes: Int) {
    bits == 6 ? (Base64.characters, Base64.bytes) : (Base32.characters, Base32.bytes)
  }

  private static func start(of offset: Int, in entry: Entry) -> Int {
    let distance = max(0, offset - entry.view)
    switch entry.kind {
    case .escape(let decoded, let encoded):
      return distance < Int(decoded) ? entry.parent : entry.parent + Int(encoded) + distance - Int(decoded)
    case .double: return entry.parent + 2 * distance
    case .digits(let bits, let phase, _):
      let group = group(ofDigits: bits)
      let byte = Int(phase) + distance
      return entry.parent + group.characters * (byte / group.bytes) + 8 * (byte % group.bytes) / Int(bits)
    case .whole(let consumed): return entry.parent - Int(consumed)
    }
  }
}
