/// Joins the pieces of a text that a model's interface sent in events, one to a line: what an agent recorded of a stream,
/// and sends on.
///
/// No grammar is parsed: a member of a name that such interfaces use, whose value is short, in an object that begins on its
/// line, goes on the last such member a few lines before it. Server-sent events (WHATWG HTML §9.2) and lines of JSON are
/// read alike. Of answers that come at the same time under one name, such as parallel calls, the pieces mix.
struct DeltaDecoder {
  static let layer = "deltas"

  /// The members that hold pieces: OpenAI's `content`, `arguments` and `delta`, Anthropic's `text`, `partial_json` and
  /// `thinking`, Gemini's `text`, Ollama's `content` and `response`, and others of the kind.
  private static let names = [
    "text", "content", "partial_json", "arguments", "delta", "thinking", "reasoning", "reasoning_content", "response",
    "completion", "generated_text", "refusal",
  ].map { Array($0.utf8) }
  private static let longestName = names.map(\.count).max() ?? 0

  /// The pieces under one name.
  private struct Stream {
    var child: DecodedView?
    /// The last piece, while it is the first one and may be the only one.
    var pending: Range<Int>?
    /// Where the last piece ended.
    var end: Int
  }

  /// Streams with a piece that waits.
  private var waiting = 0
  private var streams: [Stream?] = Array(repeating: nil, count: names.count)
  private var next = 0
  /// The line that ``next`` is in, and the first brace in it, as far as it is known.
  private var lineStart = 0
  private var brace: Int?
  private var isTooDeep = false

  var needed: Int { streams.reduce(next) { min($0, $1?.pending?.lowerBound ?? $0) } }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool {
    streams.indices.allSatisfy { index in
      guard var stream = streams[index] else { return true }
      guard copies.move(&stream.child) else { return false }
      streams[index] = stream
      return true
    }
  }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    guard !isTooDeep else { return next = end }
    var position = next
    while let colon = view.window.first(UInt8(ascii: ":"), from: position, to: end) {
      let source = UnsafePointer(view.window.bytes - view.window.base)
      position = colon + 1
      guard let quote = quote(source, before: colon, view.window.base) else { continue }
      switch piece(source, after: colon, to: end, longest: view.tree.limits.longestDelta, isLast: isLast) {
      case .cut: return advance(view, to: colon)
      case .none: break
      case .some(let range):
        position = max(position, range.upperBound)
        guard let name = name(source, before: quote, view.window.base) else { break }
        advance(view, to: colon)
        take(range, name, at: colon, view)
      }
    }
    advance(view, to: end)
  }

  private enum Piece {
    case none
    /// It may be one, but the bytes end.
    case cut
    case some(Range<Int>)
  }

  /// A short value in quotes.
  private func piece(
    _ source: UnsafePointer<UInt8>, after colon: Int, to end: Int, longest: Int, isLast: Bool
  ) -> Piece {
    var start = colon + 1
    while start < end, start <= colon + Self.widestSpace, Self.isSpace(source[start]) { start += 1 }
    guard start < end else { return isLast ? .none : .cut }
    guard source[start] == UInt8(ascii: "\"") else { return .none }
    start += 1
    var index = start
    while index < min(end, start + longest) {
      switch source[index] {
      case UInt8(ascii: "\""): return .some(start..<index)
      case 0x0a, 0x0d, DecodedView.separator: return .none
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    return index < start + longest && !isLast ? .cut : .none
  }

  /// Blanks and tabs on each side of a colon, at most: interfaces write one or none.
  private static let widestSpace = 64

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Where the name before a colon ends.
  private func quote(_ source: UnsafePointer<UInt8>, before colon: Int, _ base: Int) -> Int? {
    var index = colon - 1
    while index > base, colon - index <= Self.widestSpace, Self.isSpace(source[index]) { index -= 1 }
    return index >= base && source[index] == UInt8(ascii: "\"") ? index : nil
  }

  /// The number of the name that stands in quotes.
  ///
  /// - Parameter last: where the second quote is.
  private func name(_ source: UnsafePointer<UInt8>, before last: Int, _ base: Int) -> Int? {
    var start = last
    while start > base, last - start <= Self.longestName, source[start - 1] != UInt8(ascii: "\"") { start -= 1 }
    guard start > base, source[start - 1] == UInt8(ascii: "\"") else { return nil }
    let text = UnsafeBufferPointer(start: source + start, count: last - start)
    return Self.names.firstIndex { $0.elementsEqual(text) }
  }

  private mutating func take(_ range: Range<Int>, _ name: Int, at colon: Int, _ view: DecodedView) {
    // An object that begins on an earlier line is laid out for people.
    guard !range.isEmpty, let brace, brace < colon else { return }
    guard var stream = streams[name], stream.end < lineStart,
      range.lowerBound - stream.end <= DecodingLimits.longestEnvelope
    else {
      // A second one on the same line is none of a stream's.
      if let stream = streams[name], stream.end >= lineStart { return }
      if streams[name]?.pending == nil { waiting += 1 }
      streams[name] = Stream(child: streams[name]?.child, pending: range, end: range.upperBound)
      return
    }
    if let first = stream.pending {
      guard let child = stream.child ?? view.makeChild(Self.layer, at: range.lowerBound) else {
        isTooDeep = true
        return
      }
      child.writeSeparator()
      stream.child = child
      stream.pending = nil
      waiting -= 1
      Self.write(first, of: view, to: child)
    }
    if let child = stream.child { Self.write(range, of: view, to: child) }
    stream.end = range.upperBound
    streams[name] = stream
  }

  private static func write(_ range: Range<Int>, of view: DecodedView, to child: DecodedView) {
    child.map.append(.init(view: child.end, parent: range.lowerBound, kind: .escape(decoded: 0, encoded: 0)))
    child.write(view.window.bytes + (range.lowerBound - view.window.base), range.count)
  }

  /// Goes on, over ends of lines.
  private mutating func advance(_ view: DecodedView, to position: Int) {
    guard position > next else { return }
    if let end = Self.lastLineEnd(view, from: next, to: position) {
      lineStart = end + 1
      brace = nil
    }
    let from = max(next, lineStart)
    if brace == nil { brace = view.window.first(UInt8(ascii: "{"), from: from, to: position) }
    next = position
    guard waiting > 0 else { return }
    for name in streams.indices {
      guard let stream = streams[name], stream.pending != nil, next - stream.end > DecodingLimits.longestEnvelope else {
        continue
      }
      waiting -= 1
      streams[name] = stream.child.map { Stream(child: $0, pending: nil, end: stream.end) }
    }
  }

  private static func lastLineEnd(_ view: DecodedView, from start: Int, to end: Int) -> Int? {
    let source = UnsafePointer(view.window.bytes - view.window.base)
    return (start..<end).last { source[$0] == 0x0a || source[$0] == DecodedView.separator }
  }
}
