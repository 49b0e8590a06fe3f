internal import Synchronization

/// One run of the decoder's inner loop, on plain memory.
// See ``DecodedView`` on exclusivity.
final class EscapeBatch {
  /// Bytes produced at most.
  private static let capacity = 4 * 1024
  /// Bytes that may be written behind those produced.
  private static let slack = 16

  private let entries: UnsafeMutablePointer<SpanMap.Entry>
  @exclusivity(unchecked) private(set) var entryCount = 0
  @exclusivity(unchecked) private(set) var produced = 0
  /// The end of the last escape that was decoded, if any was.
  @exclusivity(unchecked) private(set) var lastEscape: Int?

  /// Addresses of memory that was used and is kept for the next message: it is too long for what is allocated quickly.
  private static let kept = Mutex<[UInt]>([])
  /// What the messages of a few threads use at the same time: 100 KB each.
  private static let mostKept = 8

  init() {
    let address = Self.kept.withLock { $0.popLast() }
    entries =
      address.flatMap { UnsafeMutablePointer(bitPattern: $0) } ?? .allocate(capacity: Self.capacity + Self.slack)
  }

  deinit {
    let address = UInt(bitPattern: entries)
    let isKept = Self.kept.withLock { kept in
      guard kept.count < Self.mostKept else { return false }
      kept.append(address)
      return true
    }
    if !isKept { entries.deallocate() }
  }

  var marks: UnsafeBufferPointer<SpanMap.Entry> { UnsafeBufferPointer(start: entries, count: entryCount) }

  /// Bytes to be produced of so many at most: no escape is shorter than what it stands for.
  static func room(for bytes: Int) -> Int { min(capacity, bytes) }

  /// Memory to be given for so many bytes to be produced.
  static func targetBytes(_ room: Int) -> Int { room + slack }

  enum Stop {
    /// At the end of the bytes, of the neighbourhood or of the batch.
    case end
    /// At an escape that the end of the bytes may cut.
    case cut
  }

  /// Copies and decodes from `position` on.
  ///
  /// - Parameters:
  ///   - source: indexed by the parent view's offsets; readable from `base` to `end`.
  ///   - openEnd: the end of the neighbourhood, which every escape moves.
  ///   - viewEnd: the child's offset of `target[0]`.
  ///   - room: bytes to be produced at most.
  func run(
    _ kind: SparseDecoder.Kind, _ source: UnsafePointer<UInt8>, from base: Int, position: inout Int, end: Int,
    openEnd: inout Int, target: UnsafeMutablePointer<UInt8>, viewEnd: Int, room: Int, isLast: Bool
  ) -> Stop {
    let search = kind.search
    var from = position
    var out = 0
    var count = 0
    var limit = min(end, openEnd)
    defer {
      position = from
      produced = out
      entryCount = count
    }
    lastEscape = nil
    // Escapes may stand for nothing, so that there are more of them than bytes produced.
    while out < room, count < Self.capacity {
      while from + 8 <= limit, out < room {
        let word = EscapeSearch.word(source + from)
        UnsafeMutableRawPointer(target + out).storeBytes(of: word.littleEndian, as: UInt64.self)
        let index = search.index(in: word)
        from += index
        out += index
        if index < 8 { break }
      }
      guard from < limit, out < room else { return .end }
      let byte = source[from]
      guard search.matches(byte) else {
        target[out] = byte
        from += 1
        out += 1
        continue
      }
      let (decoded, encoded) = Self.decode(
        kind, source + from, end - from, behind: from - base, isLast: isLast, into: target + out)
      guard encoded > 0 else { return .cut }
      if encoded > 1 || decoded == 0 || kind == .form {
        entries[count] = SpanMap.Entry(
          view: viewEnd + out, parent: from, kind: .escape(decoded: UInt8(decoded), encoded: UInt8(encoded)))
        count += 1
        openEnd = from + encoded + DecodingLimits.neighbourhoodBytes
        limit = min(end, openEnd)
        lastEscape = from + encoded
      }
      from += encoded
      out += decoded
    }
    return .end
  }

  /// Decodes one escape, or copies the one byte that begins none.
  ///
  /// - Returns: bytes written and bytes read; none read where the escape may be cut.
  @inline(__always)
  private static func decode(
    _ kind: SparseDecoder.Kind, _ source: UnsafePointer<UInt8>, _ count: Int, behind: Int, isLast: Bool,
    into target: UnsafeMutablePointer<UInt8>
  ) -> (decoded: Int, encoded: Int) {
    if kind == .backslash, count > 1, let byte = Escape.simple(source[1]) {
      target[0] = byte
      return (1, 2)
    }
    switch Escape.read(kind, UnsafeBufferPointer(start: source, count: count), behind: behind, isLast: isLast) {
    case .none:
      target[0] = source[0]
      return (1, 1)
    case .cut: return (0, 0)
    case .decoded(let escape):
      for index in 0..<escape.count { target[index] = escape.bytes[index] }
      return (escape.count, escape.encoded)
    }
  }
}
