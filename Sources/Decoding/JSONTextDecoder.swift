/// Reads a text as JSON, with the escapes of its strings taken off, for as long as it can be that: who looks for things
/// in it need not look at it with them.
///
/// What the text cannot be JSON from on is read as it stands, with so much before it as a thing may take that lies across.
struct JSONTextDecoder {
  private var lexer = JSONLexer()
  private var child: DecodedView?
  /// What is no JSON.
  private var rest: DecodedView?
  private var next = 0
  /// The end of what was read as JSON or as none.
  private var read = 0
  // Between the events of a stream the quotes have to be told from those within strings, which only escapes do.
  private var deltas = DeltaDecoder()

  // Of what is no JSON the bytes before it are among those that every view keeps.
  var needed: Int { rest == nil ? min(next, deltas.needed) : next }

  /// - Returns: false where a part of its view's copy is not there.
  mutating func move(to copies: TreeCopy) -> Bool {
    copies.move(&child) && copies.move(&rest) && deltas.move(to: copies)
  }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    defer { read = end }
    guard rest == nil else { return copy(view, to: end) }
    let source = UnsafePointer(view.window.bytes - view.window.base)
    // A string that never ends is none.
    if let stop = lexer.read(source, from: read, to: end) ?? (isLast && !lexer.isBetween ? end : nil) {
      decode(view, to: stop, isLast: true)
      deltas.decode(view, upTo: stop, isLast: true)
      begin(view, at: max(view.window.base, stop - DecodingLimits.overlapBytes))
      copy(view, to: end)
    } else {
      decode(view, to: end, isLast: isLast)
      deltas.decode(view, upTo: end, isLast: isLast)
    }
  }

  private mutating func decode(_ view: DecodedView, to end: Int, isLast: Bool) {
    // A text that is read beneath itself is never too deep for that.
    guard next < end,
      let child = child ?? view.makeChild(SparseDecoder.Kind.backslash.layer, at: next, expected: end - next)
    else { return }
    if self.child == nil { child.map.append(.init(view: 0, parent: next, kind: .escape(decoded: 0, encoded: 0))) }
    self.child = child
    let source = UnsafePointer(view.window.bytes - view.window.base)
    let batch = view.tree.batch
    while next < end {
      let room = EscapeBatch.room(for: end - next)
      let target = child.reserve(EscapeBatch.targetBytes(room))
      // There is no place without escapes near it.
      var openEnd = Int.max
      let stop = batch.run(
        .backslash, source, from: view.window.base, position: &next, end: end, openEnd: &openEnd, target: target,
        viewEnd: child.end, room: room, isLast: isLast)
      if child.firstEscape == nil { child.firstEscape = batch.marks.first?.view }
      child.commit(batch.produced, batch.marks)
      if stop == .cut { break }
    }
  }

  private mutating func begin(_ view: DecodedView, at start: Int) {
    rest = view.makeChild(nil, at: start)
    rest?.map.append(.init(view: 0, parent: start, kind: .escape(decoded: 0, encoded: 0)))
    next = start
  }

  private mutating func copy(_ view: DecodedView, to end: Int) {
    rest?.write(view.window.bytes + (next - view.window.base), end - next)
    next = end
  }
}
