/// Decodes escapes that stand here and there in text: backslashes (JSON and its relatives), percent signs, the equals
/// signs of quoted-printable, and characters that nobody sees or that stand for another.
///
/// No grammar is parsed, so there is none to get wrong: an escape is decoded wherever it stands, in JSON, in JSON inside
/// of JSON, in an event stream or in source code. The child view holds each escape with its neighbourhood, which joins
/// into the whole text where escapes are frequent; text far from every escape is read in the parent only.
struct SparseDecoder {
  enum Kind: Sendable, CaseIterable {
    /// `\n`, `\"`, `\u00e9` and the like (RFC 8259 §7), and `\x1b`, `\033` and `\u{1b}` of other languages.
    case backslash
    /// `%2F` (RFC 3986 §2.1), and `+` for a space in what is a query by its fields.
    case percent
    /// The same beneath it: a space is written as `+` once.
    case percentAgain
    /// Percent signs, and `+` for a space (WHATWG URL §5.1).
    case form
    /// `=3D`, and lines that `=` ends without an end (RFC 2045 §6.7).
    case quotedPrintable
    /// `&#78;`, `&#x4e;`, `&amp;` (WHATWG HTML §13.5).
    case entity
    /// Characters without width, which stand for nothing, wide and mathematical letters and digits, and letters of other
    /// scripts in words of ASCII: two texts that read the same are one.
    case disguise
    /// What stands between two quoted parts of one expression, such as `" + "`, and ends of lines within a token.
    case concatenation

    static let layers = Set(allCases.map(\.layer))

    var layer: String {
      switch self {
      case .backslash: "json"
      case .percent, .percentAgain: "percent"
      case .form: "form"
      case .quotedPrintable: "quoted-printable"
      case .entity: "entity"
      case .disguise: "unicode"
      case .concatenation: "concatenation"
      }
    }

    /// Finds the bytes that an escape can begin with.
    var search: EscapeSearch {
      switch self {
      case .backslash: EscapeSearch(for: UInt8(ascii: "\\"))
      case .percentAgain: EscapeSearch(for: UInt8(ascii: "%"))
      case .percent, .form: EscapeSearch(for: UInt8(ascii: "%"), or: UInt8(ascii: "+"))
      case .quotedPrintable: EscapeSearch(for: UInt8(ascii: "="))
      case .entity: EscapeSearch(for: UInt8(ascii: "&"))
      case .disguise: .beyondASCII
      case .concatenation: .quotesAndLines
      }
    }
  }

  private let kind: Kind
  private var child: DecodedView?
  /// Where decoding goes on. While a neighbourhood is open, all before it is in the child.
  private var next = 0
  /// The end of what the child holds.
  private var copied = 0
  private var isOpen = false
  /// The end of the open neighbourhood as far as it is known.
  private var openEnd = 0
  /// The end of the last escape.
  private var lastEscape = 0
  private var isTooDeep = false
  /// What the child holds from an escape on: closed neighbourhoods of the block and shortly before it, and where the
  /// open one's first escape stands. What stands before an escape is in the child too, but whether one comes may only be
  /// known later, and nothing may depend on when it is asked.
  private var coverage: [Range<Int>] = []
  private var firstEscape = 0

  init(_ kind: Kind) { self.kind = kind }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&child) }

  // The neighbourhood before an escape is among the bytes that every view keeps.
  var needed: Int { next }

  /// - Parameter earlier: what the decoders that ran before this one on the same view say of a place.
  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool, after earlier: (Int) -> Look?) {
    guard !isTooDeep else { return next = end }
    // Who waits for bytes still asks about those before this block.
    coverage.removeAll { $0.upperBound + DecodingLimits.neighbourhoodBytes <= next }
    while next < end {
      let goesOn = isOpen ? stream(view, to: end, isLast: isLast) : open(view, to: end, isLast: isLast, earlier)
      guard goesOn else { return }
    }
  }

  /// What a decoder says of a place that a later one has come to.
  enum Look {
    /// It may be within an escape, or near one.
    case unknown
    /// It is in the decoder's own view, which has so much of this one.
    case covered(upTo: Int)
  }

  /// - Returns: `nil` where there is nothing for this decoder.
  func look(at position: Int, isLast: Bool) -> Look? {
    guard isLast || position < next else { return .unknown }
    return coveredEnd(position).map { .covered(upTo: $0) }
  }

  /// The end of the neighbourhood that the position is in, after an escape, as far as it is known.
  func coveredEnd(_ position: Int) -> Int? {
    if isOpen, position >= firstEscape { return position < copied ? copied : nil }
    return coverage.first { $0.contains(position) }?.upperBound
  }

  /// Looks for the next escape, and copies it with what stands before it.
  ///
  /// - Returns: false where it may be cut by the end, or an earlier decoder's is.
  private mutating func open(
    _ view: DecodedView, to end: Int, isLast: Bool, _ earlier: (Int) -> Look?
  ) -> Bool {
    let source = view.window.bytes - view.window.base
    // To ask is less than to search.
    if kind == .concatenation, case .covered(let covered) = earlier(next) {
      next = max(next + 1, min(end, covered))
      return true
    }
    let position = kind.find(source, from: next, to: end, base: view.window.base)
    next = position
    guard position < end else { return true }
    switch earlier(position) {
    case .unknown: return false
    case .covered(let covered):
      next = max(position + 1, min(end, covered))
      return true
    case nil: break
    }
    let text = UnsafeBufferPointer(start: source + position, count: end - position)
    switch Escape.read(kind, text, behind: position - view.window.base, isLast: isLast) {
    case .none:
      next = position + 1
      return true
    case .cut: return false
    case .decoded: break
    }
    if kind == .quotedPrintable {
      guard isLast || text.count >= Escape.pairBytes else { return false }
      let before = position > view.window.base ? source[position - 1] : 0
      guard Escape.isQuotedPrintable(text, after: before) else {
        next = position + 1
        return true
      }
    }
    guard let child = child ?? view.makeChild(kind.layer, at: position, expected: end - position) else {
      isTooDeep = true
      next = end
      return true
    }
    self.child = child
    let start = max(copied, position - DecodingLimits.neighbourhoodBytes, view.window.base)
    if start > copied { child.writeSeparator() }
    child.map.append(.init(view: child.end, parent: start, kind: .escape(decoded: 0, encoded: 0)))
    // Of quoted-printable there may be escapes before that were not sure.
    let first = kind == .quotedPrintable ? start : position
    if start < first { child.write(source + start, first - start) }
    next = first
    copied = first
    firstEscape = position
    lastEscape = position
    openEnd = position + 1
    isOpen = true
    return true
  }

  /// Copies text and decodes escapes while no gap opens: the loop that sees most bytes of JSON.
  ///
  /// - Returns: false where an escape may be cut by the end.
  private mutating func stream(_ view: DecodedView, to end: Int, isLast: Bool) -> Bool {
    guard let child else { return true }
    let source = view.window.bytes - view.window.base
    guard next < openEnd || staysOpen(source, end) else {
      isOpen = false
      coverage.append(firstEscape..<next)
      return true
    }
    let batch = view.tree.batch
    let room = EscapeBatch.room(for: end - next)
    let target = child.reserve(EscapeBatch.targetBytes(room))
    // Local copies: they live in registers there.
    var position = next
    var reach = openEnd
    let stop = batch.run(
      kind, source, from: view.window.base, position: &position, end: end, openEnd: &reach, target: target,
      viewEnd: child.end, room: room, isLast: isLast)
    next = position
    openEnd = reach
    copied = position
    if let escape = batch.lastEscape { lastEscape = escape }
    child.commit(batch.produced, batch.marks)
    return stop == .end
  }

  /// A neighbourhood does not end within a token: the token may be the secret.
  private mutating func staysOpen(_ source: UnsafePointer<UInt8>, _ end: Int) -> Bool {
    let longest = min(end, lastEscape + DecodingLimits.longestNeighbourhoodBytes)
    var stop = next
    while stop < longest, Self.isToken(source[stop]) { stop += 1 }
    guard stop > next, Self.isToken(source[next - 1]) else { return false }
    openEnd = stop
    return true
  }

  private static func isToken(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: "\"") }
}
