/// One run of the decoder's inner loop, on plain memory.
struct EscapeBatch {
  let kind: SparseDecoder.Kind
  /// Indexed by the parent view's offsets.
  let source: UnsafePointer<UInt8>
  let target: UnsafeMutablePointer<UInt8>
  var position: Int
  let end: Int
  var openEnd: Int
  var lastEscape: Int
  /// The child's offset of `target[0]`.
  let viewEnd: Int
  var entries: ContiguousArray<SpanMap.Entry>
  private(set) var produced = 0

  init(
    kind: SparseDecoder.Kind, source: UnsafePointer<UInt8>, target: UnsafeMutablePointer<UInt8>, position: Int,
    end: Int, openEnd: Int, lastEscape: Int, viewEnd: Int, entries: ContiguousArray<SpanMap.Entry>
  ) {
    self.kind = kind
    self.source = source
    self.target = target
    self.position = position
    self.end = end
    self.openEnd = openEnd
    self.lastEscape = lastEscape
    self.viewEnd = viewEnd
    self.entries = entries
  }

  /// Goes on to the end of the bytes, of the neighbourhood or of the batch.
  ///
  /// - Parameter maximum: bytes to produce; up to 16 more may be written.
  /// - Returns: whether it stopped at an escape that the end may cut.
  mutating func run(maximum: Int, isLast: Bool) -> Bool {
    let search = EscapeSearch(kind.triggers)
    while produced < maximum {
      let limit = min(end, openEnd)
      copy(search, to: limit, maximum: maximum)
      guard position < limit, produced < maximum else { return false }
      let rest = UnsafeBufferPointer(start: source + position, count: end - position)
      if kind == .backslash, rest.count > 1, let byte = Escape.simple(rest[1]) {
        target[produced] = byte
        mark(decoded: 1, encoded: 2)
        continue
      }
      switch Escape.read(kind, rest, isLast: isLast) {
      case .none:
        target[produced] = rest[0]
        produced += 1
        position += 1
      case .cut: return true
      case .decoded(let escape):
        for index in 0..<escape.count { target[produced + index] = escape.bytes[index] }
        mark(decoded: escape.count, encoded: escape.encoded)
      }
    }
    return false
  }

  /// Copies what is no escape.
  @inline(__always)
  private mutating func copy(_ search: EscapeSearch, to limit: Int, maximum: Int) {
    while position + 8 <= limit, produced < maximum {
      let word = EscapeSearch.word(source + position)
      UnsafeMutableRawPointer(target + produced).storeBytes(of: word.littleEndian, as: UInt64.self)
      let index = search.index(in: word)
      position += index
      produced += index
      if index < 8 { return }
    }
    let triggers = kind.triggers
    while position < limit, produced < maximum {
      let byte = source[position]
      if byte == triggers.0 || byte == triggers.1 { return }
      target[produced] = byte
      position += 1
      produced += 1
    }
  }

  @inline(__always)
  private mutating func mark(decoded: Int, encoded: Int) {
    let kind = SpanMap.Kind.escape(decoded: UInt8(decoded), encoded: UInt8(encoded))
    entries.append(SpanMap.Entry(view: viewEnd + produced, parent: position, kind: kind))
    produced += decoded
    position += encoded
    lastEscape = position
    openEnd = position + DecodingLimits.neighbourhoodBytes
  }
}
