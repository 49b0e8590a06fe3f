/// Decodes escapes that stand here and there in text: backslashes (JSON and its relatives) and percent signs.
///
/// No grammar is parsed, so there is none to get wrong: an escape is decoded wherever it stands, in JSON, in JSON inside
/// of JSON, in an event stream or in source code. The child view holds each escape with its neighbourhood, which joins
/// into the whole text where escapes are frequent; text far from every escape is read in the parent only.
final class SparseDecoder: ViewDecoder {
  enum Kind: Sendable {
    /// `\n`, `\"`, `\u00e9` and the like (RFC 8259 §7), and `\x1b` of C, Python and JavaScript.
    case backslash
    /// `%2F` (RFC 3986 §2.1).
    case percent
    /// Percent signs, and `+` for a space (WHATWG URL §5.1).
    case form

    var layer: String {
      switch self {
      case .backslash: "json"
      case .percent: "percent"
      case .form: "form"
      }
    }

    /// The bytes that an escape can begin with; twice the same where there is one.
    var triggers: (UInt8, UInt8) {
      switch self {
      case .backslash: (UInt8(ascii: "\\"), UInt8(ascii: "\\"))
      case .percent: (UInt8(ascii: "%"), UInt8(ascii: "%"))
      case .form: (UInt8(ascii: "%"), UInt8(ascii: "+"))
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
  private var entries: ContiguousArray<SpanMap.Entry> = []

  init(_ kind: Kind) { self.kind = kind }

  // The neighbourhood before an escape is among the bytes that every view keeps.
  var needed: Int { next }

  func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    guard !isTooDeep else { return next = end }
    while next < end {
      let goesOn = isOpen ? stream(view, to: end, isLast: isLast) : open(view, to: end, isLast: isLast)
      guard goesOn else { return }
    }
  }

  /// Looks for the next escape, and copies it with what stands before it.
  ///
  /// - Returns: false where it may be cut by the end.
  private func open(_ view: DecodedView, to end: Int, isLast: Bool) -> Bool {
    let source = view.window.bytes - view.window.base
    let position = EscapeSearch(kind.triggers).first(in: source, from: next, to: end)
    next = position
    guard position < end else { return true }
    switch Escape.read(kind, UnsafeBufferPointer(start: source + position, count: end - position), isLast: isLast) {
    case .none:
      next = position + 1
      return true
    case .cut: return false
    case .decoded: break
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
    if start < position { child.write(source + start, position - start) }
    copied = position
    lastEscape = position
    openEnd = position + 1
    isOpen = true
    return true
  }

  /// Copies text and decodes escapes while no gap opens: the loop that sees most bytes of JSON.
  ///
  /// - Returns: false where an escape may be cut by the end.
  private func stream(_ view: DecodedView, to end: Int, isLast: Bool) -> Bool {
    guard let child else { return true }
    let source = view.window.bytes - view.window.base
    guard next < openEnd || staysOpen(source) else {
      isOpen = false
      return true
    }
    let target = child.reserve(Self.batchBytes + Self.slackBytes)
    var batch = EscapeBatch(
      kind: kind, source: source, target: target, position: next, end: end, openEnd: openEnd, lastEscape: lastEscape,
      viewEnd: child.end, entries: entries)
    entries = []
    let isCut = batch.run(maximum: Self.batchBytes, isLast: isLast)
    next = batch.position
    copied = next
    openEnd = batch.openEnd
    lastEscape = batch.lastEscape
    child.commit(batch.produced, batch.entries)
    entries = batch.entries
    entries.removeAll(keepingCapacity: true)
    return !isCut
  }

  /// A neighbourhood does not end within a token: the token may be the secret.
  private func staysOpen(_ source: UnsafePointer<UInt8>) -> Bool {
    guard source[next] > 0x20, source[next] != UInt8(ascii: "\""), source[next - 1] > 0x20,
      next - lastEscape < DecodingLimits.longestNeighbourhoodBytes
    else { return false }
    openEnd = next + Self.extensionBytes
    return true
  }

  private static let batchBytes = 4 * 1024
  /// What one step may write beyond a batch.
  private static let slackBytes = 16
  private static let extensionBytes = 64
}
