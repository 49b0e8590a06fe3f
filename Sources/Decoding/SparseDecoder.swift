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

    var trigger: UInt8 { self == .backslash ? UInt8(ascii: "\\") : UInt8(ascii: "%") }
  }

  private let kind: Kind
  private var child: DecodedView?
  /// Where the search for escapes goes on.
  private var next = 0
  /// The end of the last escape's neighbourhood.
  private var activeEnd = 0
  /// The end of what the child holds.
  private var copied = 0
  private var isTooDeep = false

  init(_ kind: Kind) { self.kind = kind }

  // The neighbourhood before an escape is among the bytes that every view keeps.
  var needed: Int { copied < activeEnd ? min(next, copied) : next }

  func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    guard !isTooDeep else { return next = end }
    while next < end, let position = nextTrigger(view, to: end) {
      let rest = UnsafeBufferPointer(
        start: view.window.bytes + (position - view.window.base), count: end - position)
      switch Escape.read(kind, rest, isLast: isLast) {
      case .none: next = position + 1
      case .cut:
        next = position
        copyPlain(view, to: position)
        return
      case .decoded(let escape):
        guard reach(view, position) else { return }
        write(escape, of: view, at: position)
      }
    }
    next = max(next, end)
    copyPlain(view, to: end)
  }

  private func nextTrigger(_ view: DecodedView, to end: Int) -> Int? {
    guard kind == .form else { return view.window.first(kind.trigger, from: next, to: end) }
    let bytes = view.window.bytes
    let base = view.window.base
    for offset in next..<end {
      let byte = bytes[offset - base]
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") { return offset }
    }
    return nil
  }

  /// Copies what stands between the last escape and this one, or begins a new neighbourhood.
  private func reach(_ view: DecodedView, _ position: Int) -> Bool {
    if child == nil {
      guard let made = view.makeChild(kind.layer, at: position, expected: view.end - position) else {
        isTooDeep = true
        next = view.end
        return false
      }
      child = made
    }
    copyPlain(view, to: position)
    if copied < position {
      let start = max(copied, position - DecodingLimits.neighbourhoodBytes, view.window.base)
      if start > copied { child?.writeSeparator() }
      copy(view, from: start, to: position)
      copied = position
    }
    return true
  }

  /// Copies up to `end` as far as the neighbourhood goes.
  private func copyPlain(_ view: DecodedView, to end: Int) {
    let limit = min(end, activeEnd)
    guard copied < limit else { return }
    copy(view, from: copied, to: limit)
    copied = limit
  }

  private func copy(_ view: DecodedView, from start: Int, to end: Int) {
    guard let child else { return }
    child.map.append(.init(view: child.end, parent: start, kind: .escape(decoded: 0, encoded: 0)))
    child.write(view.window.bytes + (start - view.window.base), end - start)
  }

  private func write(_ escape: Escape, of view: DecodedView, at position: Int) {
    guard let child else { return }
    let kind = SpanMap.Kind.escape(decoded: UInt8(escape.count), encoded: UInt8(escape.encoded))
    child.map.append(.init(view: child.end, parent: position, kind: kind))
    if escape.count == 1 {
      child.write(escape.bytes[0])
    } else {
      withUnsafeBytes(of: escape.bytes) { bytes in
        if let start = bytes.bindMemory(to: UInt8.self).baseAddress { child.write(start, escape.count) }
      }
    }
    next = position + escape.encoded
    copied = next
    activeEnd = next + DecodingLimits.neighbourhoodBytes
  }
}
