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
    /// Base64: ``Entry/parent`` is a quad's first character, the first byte here its `phase`th.
    case base64(phase: UInt8, continues: Bool)
    /// Anything from ``SpanMap/wholeStart`` to ``Entry/parent`` in the message's original bytes: compressed text has no
    /// places of its own.
    case whole
  }

  mutating func append(_ entry: Entry) { entries.append(entry) }

  mutating func append(_ more: UnsafeBufferPointer<Entry>) { entries.append(contentsOf: more) }

  /// Forgets what lies before the entry that covers `offset`.
  mutating func prune(before offset: Int) {
    let index = self.index(covering: offset)
    if index > 256 { entries.removeFirst(index) }
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

  /// The entry whose offsets are the message's own, if that is how this view is mapped.
  func whole(at offset: Int) -> (start: Int, end: Int)? {
    guard !entries.isEmpty else { return nil }
    let entry = entries[index(covering: offset)]
    guard case .whole = entry.kind else { return nil }
    return (wholeStart, entry.parent)
  }

  func base64Phase(of offset: Int) -> Int? {
    guard !entries.isEmpty else { return nil }
    let entry = entries[index(covering: offset)]
    guard case .base64(let phase, _) = entry.kind else { return nil }
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
    case .base64:
      // A byte that straddles two lines ends where the next one's first character ends.
      if index + 1 < entries.count, entries[index + 1].view == offset + 1,
        case .base64(_, continues: true) = entries[index + 1].kind
      {
        return Self.start(of: offset + 1, in: entries[index + 1]) + 1
      }
      return start + 2
    case .whole: return entry.parent
    }
  }

  private static func start(of offset: Int, in entry: Entry) -> Int {
    let distance = max(0, offset - entry.view)
    switch entry.kind {
    case .escape(let decoded, let encoded):
      return distance < Int(decoded) ? entry.parent : entry.parent + Int(encoded) + distance - Int(decoded)
    case .double: return entry.parent + 2 * distance
    case .base64(let phase, _):
      let byte = Int(phase) + distance
      return entry.parent + 4 * (byte / 3) + byte % 3
    case .whole: return entry.parent
    }
  }
}
