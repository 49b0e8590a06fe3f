/// Finds long tokens of RFC 1924's and ZeroMQ's base85, and decodes them.
struct Base85Decoder {
  private var next = 0
  private var isOpen = false
  private var reader: QuintetReader?
  /// Where the last token ended.
  private var floor: Int
  /// Where the open one begins.
  private var start = 0

  init(from start: Int = 0) {
    next = start
    floor = start
  }

  var needed: Int { max(0, next - 3 * Self.window) }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool {
    guard let original = reader else { return true }
    reader = original.copy(copies)
    return reader != nil
  }

  /// - Parameter coveredEnd: up to where a place is in another view, which gets a decoder like this itself.
  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool, skipping coveredEnd: (Int) -> Int?) {
    let bytes = UnsafePointer(view.window.bytes - view.window.base)
    while next < end {
      if isOpen {
        read(view, bytes, to: end)
      } else {
        guard search(view, bytes, to: end, isLast: isLast, coveredEnd) else { return }
      }
    }
    if isLast, isOpen { endToken(view) }
  }

  /// A token that is open is read again, as far back as the view keeps it.
  func preview(_ view: DecodedView) {
    guard isOpen else { return }
    var decoder = Base85Decoder(from: max(start, view.window.base, view.end - DecodingLimits.previewBytes))
    decoder.begin(at: decoder.next)
    decoder.decode(view, upTo: view.end, isLast: true) { _ in nil }
  }

  // MARK: Search

  /// Bytes that are looked at together, and from one such place to the next: a token of 40 characters has one.
  private static let window = 16
  private static let stride = 24

  /// Looks at sixteen bytes here and there: hardly any of text are without spaces and quotes.
  ///
  /// - Returns: false where bytes are missing that may decide it.
  private mutating func search(
    _ view: DecodedView, _ bytes: UnsafePointer<UInt8>, to end: Int, isLast: Bool, _ coveredEnd: (Int) -> Int?
  ) -> Bool {
    while next + Self.window <= end {
      if let covered = coveredEnd(next) {
        next = max(next + 1, min(end, covered))
        continue
      }
      guard mayBeToken(bytes + next) else {
        next += Self.stride
        continue
      }
      let start = tokenStart(bytes, view.window.base)
      let stop = tokenStop(bytes, from: start, to: end)
      guard isLast || stop < end || stop == start + Self.headBytes else { return false }
      if isToken(bytes, from: start, to: stop) {
        begin(at: start)
        return true
      }
      next = max(stop, next + 1)
    }
    if isLast { next = end }
    return isLast
  }

  private func mayBeToken(_ bytes: UnsafePointer<UInt8>) -> Bool {
    guard !Self.hasStop(EscapeSearch.word(bytes)), !Self.hasStop(EscapeSearch.word(bytes + 8)) else { return false }
    let classes = Base85.classes
    var all: UInt8 = 0xff
    var any: UInt8 = 0
    for index in 0..<Self.window {
      all &= classes[Int(bytes[index])]
      any |= classes[Int(bytes[index])]
    }
    return all & Base85.member != 0 && any & Base85.special != 0
  }

  /// Whether a space, a control character, a quote or a comma is among eight bytes.
  @inline(__always)
  private static func hasStop(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = (word &- ones &* 0x21) & ~word
    let quotes = word ^ (ones &* 0x22)
    let commas = word ^ (ones &* 0x2c)
    return (low | (quotes &- ones) & ~quotes | (commas &- ones) & ~commas) & 0x8080_8080_8080_8080 != 0
  }

  /// Shortly before the window: what is further back had nothing of such a token.
  private func tokenStart(_ bytes: UnsafePointer<UInt8>, _ base: Int) -> Int {
    var start = next
    let lowest = max(floor, base, next - 3 * Self.window)
    while start > lowest, Base85.classes[Int(bytes[start - 1])] & Base85.member != 0 { start -= 1 }
    return start
  }

  /// Characters by which such a token is told from code.
  private static let headBytes = 64
  private static let shortest = 30

  private func tokenStop(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    let limit = min(end, start + Self.headBytes)
    var stop = next + Self.window
    while stop < limit, Base85.classes[Int(bytes[stop])] & Base85.member != 0 { stop += 1 }
    return min(stop, limit)
  }

  /// Long enough, and of letters in both cases and characters that code seldom has between them.
  private func isToken(_ bytes: UnsafePointer<UInt8>, from start: Int, to stop: Int) -> Bool {
    guard stop - start >= Self.shortest else { return false }
    var any: UInt8 = 0
    var count = 0
    for offset in start..<stop {
      let bits = Base85.classes[Int(bytes[offset])]
      any |= bits
      count += bits & Base85.special != 0 ? 1 : 0
    }
    let wanted = Base85.evidence | Base85.upper | Base85.lower
    return any & wanted == wanted && count * Self.charactersPerSpecial >= stop - start
  }

  /// One character in five is one that base64 does not have.
  private static let charactersPerSpecial = 16

  private mutating func begin(at offset: Int) {
    reader = reader ?? QuintetReader()
    reader?.begin(at: offset)
    isOpen = true
    start = offset
    next = offset
  }

  // MARK: Token

  private mutating func read(_ view: DecodedView, _ bytes: UnsafePointer<UInt8>, to end: Int) {
    guard let reader else { return }
    var stop = next
    while stop < end, Base85.classes[Int(bytes[stop])] & Base85.member != 0 { stop += 1 }
    reader.read(bytes, from: next, to: stop, of: view)
    next = stop
    if next < end { endToken(view) }
  }

  private mutating func endToken(_ view: DecodedView) {
    let bytes = UnsafePointer(view.window.bytes - view.window.base)
    reader?.end(bytes, at: next, of: view)
    isOpen = false
    floor = next
  }
}
