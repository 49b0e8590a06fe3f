internal import Compression

/// Finds compressed text that nobody announced: a file in a form, a message in a frame, what base64 held.
///
/// gzip, zstd and the files of a ZIP are known by their first bytes anywhere. zlib's two and brotli's none count where something begins; zlib
/// elsewhere only if text comes out. What turns out to be none is let go in silence: it was seen as plain bytes.
struct CarvingDecoder: ViewDecoder {
  private struct Carving {
    let stream: CompressedStream
    var next: Int
  }

  /// How far the view goes.
  private struct Reach {
    var end = 0
    var isLast = false
  }

  private var carvings: [Carving] = []
  private var reach = Reach()
  /// Where no stream need begin, from ``next`` on: further members of one that is open, and what stands after an empty
  /// line.
  private var taken: Set<Int> = []
  private var next = 0
  private var hasBegun = false
  private var hasSearchedEscapes = false

  /// Bytes that are looked at together: an empty line and what follows it, or the head of a file in an archive.
  private static let headBytes = max(4 + DecodingLimits.binaryPrefixBytes, archiveHeadBytes)

  /// The first escape of a view, with what stands before it.
  private static let escapedBytes = DecodingLimits.neighbourhoodBytes + DecodingLimits.binaryPrefixBytes

  /// For a view that is made for brotli alone.
  private let onlyTrial: Bool

  init(onlyTrial: Bool = false) { self.onlyTrial = onlyTrial }

  /// Where escapes begin later the bytes before them are among those that every view keeps.
  private var waitsForEscape = false

  var needed: Int { hasSearchedEscapes || waitsForEscape ? next : 0 }

  func copy(_ copies: TreeCopy) -> Self? {
    var copy = self
    for index in carvings.indices {
      guard let stream = carvings[index].stream.copy(copies) else { return nil }
      copy.carvings[index] = Carving(stream: stream, next: carvings[index].next)
    }
    return copy
  }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    reach = Reach(end: end, isLast: isLast)
    if onlyTrial { return tryBrotli(view, upTo: end) }
    // What is open goes on first: it tells which heads are those of its own members.
    for index in carvings.indices.reversed() { advance(view, index) }
    let searched = isLast ? end : max(next, end - Self.headBytes + 1)
    if !hasBegun, searched > 0 {
      hasBegun = true
      beginPart(view, at: 0, end)
    }
    searchEscapes(view, to: end, isLast: isLast)
    findParts(view, to: searched, end: end)
    findGzip(view, to: searched, end: end)
    findZstd(view, to: searched, end: end)
    findArchives(view, to: searched, end: end)
    for second in Self.zlibFlags { findZlib(second, view, to: searched, end: end) }
    next = searched
    if !taken.isEmpty { taken = taken.filter { $0 >= searched } }
  }

  private mutating func searchEscapes(_ view: DecodedView, to end: Int, isLast: Bool) {
    guard !hasSearchedEscapes else { return }
    waitsForEscape = view.isReadInstead && view.firstEscape == nil
    let first = max(0, (view.firstEscape ?? 0) - DecodingLimits.neighbourhoodBytes)
    guard isLast || !waitsForEscape && end >= first + Self.escapedBytes else { return }
    hasSearchedEscapes = true
    guard view.isUnescapedText, !view.isPart, !waitsForEscape else { return }
    beginEscaped(view, from: first, to: min(end, first + Self.escapedBytes))
  }

  private mutating func tryBrotli(_ view: DecodedView, upTo end: Int) {
    if !carvings.isEmpty { advance(view, 0) }
    if !hasBegun, end > 0 {
      hasBegun = true
      if view.canHaveChild { begin(.br, view, at: 0, .trial) }
    }
    next = end
    view.isRefuted = carvings.isEmpty
  }

  private func byte(_ view: DecodedView, _ offset: Int) -> UInt8 { view.window.bytes[offset - view.window.base] }

  // MARK: Heads that are sure

  /// RFC 1952 §2.3.1: `1f 8b`, method 8, the upper flags zero.
  private mutating func findGzip(_ view: DecodedView, to searched: Int, end: Int) {
    var from = next
    while let found = view.window.first(0x1f, from: from, to: searched) {
      from = found + 1
      guard found + 3 < end, byte(view, found + 1) == 0x8b, byte(view, found + 2) == 8,
        byte(view, found + 3) & 0xe0 == 0, !taken.contains(found)
      else { continue }
      begin(.gzip, view, at: found)
    }
  }

  /// RFC 8878 §3.1.1: `28 b5 2f fd`, looked for by its last byte, which no UTF-8 text has.
  private mutating func findZstd(_ view: DecodedView, to searched: Int, end: Int) {
    var from = next + 3
    while let found = view.window.first(0xfd, from: from, to: min(end, searched + 3)) {
      from = found + 1
      guard byte(view, found - 1) == 0x2f, byte(view, found - 2) == 0xb5, byte(view, found - 3) == 0x28,
        !taken.contains(found - 3)
      else { continue }
      begin(.zstd, view, at: found - 3)
    }
  }

  /// A file in a ZIP archive, which office documents are too (APPNOTE.TXT §4.3.7): `PK 03 04`, compressed by method 8.
  /// Looked for by the third byte, which text does not have.
  private mutating func findArchives(_ view: DecodedView, to searched: Int, end: Int) {
    var from = next + 2
    while let found = view.window.first(0x03, from: from, to: min(end, searched + 2)) {
      from = found + 1
      let start = found - 2
      guard start + Self.archiveHeadBytes <= end, byte(view, start) == 0x50, byte(view, start + 1) == 0x4b,
        byte(view, start + 3) == 0x04, byte(view, start + 8) == 8, byte(view, start + 9) == 0
      else { continue }
      let lengths = [26, 28].map { Int(byte(view, start + $0)) | Int(byte(view, start + $0 + 1)) << 8 }
      begin(.deflate, view, at: start + Self.archiveHeadBytes + lengths[0] + lengths[1], .inArchive)
    }
  }

  /// What stands before a file's name in an archive.
  private static let archiveHeadBytes = 30

  // MARK: Heads that are short

  /// RFC 1950 §2.2 with a window of 32 KB, at each level.
  private static let zlibFlags: [UInt8] = [0x01, 0x5e, 0x9c, 0xda]

  private mutating func findZlib(_ flags: UInt8, _ view: DecodedView, to searched: Int, end: Int) {
    var from = next + 1
    while let found = view.window.first(flags, from: from, to: min(end, searched + 1)) {
      from = found + 1
      guard byte(view, found - 1) == 0x78, found > 1, found + 1 < end, Self.mayBeDeflate(byte(view, found + 1)),
        !taken.contains(found - 1), flags != Self.textFlags || isNoText(view, after: found, end), view.tree.takeTrial()
      else { continue }
      begin(.deflate, view, at: found - 1, .trial)
    }
  }

  /// `78 5e`, of levels 2 to 5, is the text `x^`.
  private static let textFlags: UInt8 = 0x5e

  private func isNoText(_ view: DecodedView, after offset: Int, _ end: Int) -> Bool {
    firstForeignByte(view, offset + 1..<min(end, offset + 1 + DecodingLimits.binaryPrefixBytes)) != nil
  }

  /// RFC 1951 §3.2.3: there is no fourth kind of block, and §3.2.7: no more than 286 codes.
  private static func mayBeDeflate(_ byte: UInt8) -> Bool {
    switch byte >> 1 & 3 {
    case 3: false
    case 2: byte >> 3 < 30
    default: true
    }
  }

  /// After an empty line a part of a form or a message begins (RFC 2046 §5.1, RFC 9112 §2.1).
  private mutating func findParts(_ view: DecodedView, to searched: Int, end: Int) {
    var from = next
    while let found = view.window.first(UInt8(ascii: "\r"), from: from, to: searched) {
      from = found + 1
      guard found + 4 < end, byte(view, found + 1) == 0x0a, byte(view, found + 2) == 0x0d,
        byte(view, found + 3) == 0x0a
      else { continue }
      beginPart(view, at: found + 4, end)
    }
  }

  /// Where percent signs or other escapes were taken off, brotli may begin in the midst of text, at the first byte that
  /// is none.
  private mutating func beginEscaped(_ view: DecodedView, from start: Int, to end: Int) {
    var from = max(1, start)
    while from < end, let offset = firstForeignByte(view, from..<end) {
      from = offset + 1
      guard byte(view, offset) != DecodedView.separator else { continue }
      if view.tree.takeTrial() { begin(.br, view, at: offset, .plausible) }
      return
    }
  }

  /// The first byte that text in UTF-8 has not: of such text brotli would make itself again, and again.
  private func firstForeignByte(_ view: DecodedView, _ part: Range<Int>) -> Int? {
    let (base, buffer) = view.bytes
    return UTF8Text.firstForeignByte(in: buffer, part.lowerBound - base..<part.upperBound - base).map { $0 + base }
  }

  private mutating func beginPart(_ view: DecodedView, at offset: Int, _ end: Int) {
    guard end - offset > 1 else { return }
    let (first, second) = (byte(view, offset), byte(view, offset + 1))
    if first == 0x78, (Int(first) << 8 | Int(second)) % 31 == 0 {
      taken.insert(offset)
      return begin(.deflate, view, at: offset)
    }
    let head = offset..<min(end, offset + DecodingLimits.binaryPrefixBytes)
    if firstForeignByte(view, head) != nil, view.tree.takeTrial() { begin(.br, view, at: offset, .plausible) }
  }

  // MARK: Streams

  private enum Claim {
    /// By a head.
    case sure
    /// By a head, too, of which archives have many.
    case inArchive
    /// By where it stands.
    case plausible
    /// By two bytes or none: it is let go unless text comes out.
    case trial
  }

  private mutating func begin(_ coding: ContentCoding, _ view: DecodedView, at offset: Int, _ claim: Claim = .sure) {
    switch claim {
    case .sure: guard view.tree.takeCarving(by: view, at: offset) else { return }
    case .inArchive: guard view.tree.takeArchived(by: view, at: offset) else { return }
    case .plausible, .trial: guard view.canHaveChild else { return }
    }
    guard carvings.count < DecodingLimits.maximumOpenCarvings else {
      guard claim == .sure || claim == .inArchive else { return }
      let last = min(offset, reach.end - 1)
      return view.tree.report(.tooLarge, view.originalStart(of: last)..<view.originalEnd(of: last), view.layers)
    }
    guard let stream = CompressedStream(coding, in: view, at: offset, onlyText: claim == .trial) else { return }
    carvings.append(Carving(stream: stream, next: offset))
    advance(view, carvings.count - 1)
  }

  private mutating func advance(_ view: DecodedView, _ index: Int) {
    let (stream, from) = (carvings[index].stream, carvings[index].next)
    let goesOn = stream.decode(view, from: from, to: reach.end)
    if from < reach.end { taken.formUnion(stream.memberStarts.lazy.map { $0 + from }) }
    if goesOn, !reach.isLast, stream.mayHaveMembers || !stream.hasEnded {
      carvings[index].next = max(from, reach.end)
    } else {
      stream.end(view)
      carvings.remove(at: index)
    }
  }
}
