internal import CText

/// Finds long runs of base64 or hexadecimal characters, over line ends where they are wrapped, and decodes them.
struct TokenDecoder {
  private enum State {
    /// Before the next run; one that is too short so far may have begun at ``searchStart``.
    case outside
    case inside
    /// After a line of the token: `\r`, `\n` or indentation has been seen, or nothing yet.
    case between(newline: Bool, indentation: Int)
  }

  private var state = State.outside
  private var next = 0
  private var searchStart = 0
  /// Where the open token begins.
  private var tokenStart = 0
  private var token: TokenReader?
  private var lineLength = 0
  /// The length of every line but the first and the last.
  private var wrapLength: Int?
  private var isFirstLine = true

  private static let maximumIndentation = 32

  var needed: Int {
    guard case .outside = state else { return token?.firstOffset ?? next }
    return searchStart
  }

  init(from start: Int = 0) {
    next = start
    searchStart = start
  }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&token) }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    while next < end {
      switch state {
      case .outside: search(view, to: end)
      case .inside: read(view, to: end)
      case .between(let newline, let indentation):
        between(view.window.bytes[next - view.window.base], newline, indentation, view)
      }
    }
    if isLast, case .outside = state {} else if isLast { endToken(view) }
  }

  /// A token that is open is read again, as far back as the view keeps it.
  func preview(_ view: DecodedView) {
    if case .outside = state { return }
    let start = max(tokenStart, view.window.base, view.end - DecodingLimits.previewBytes)
    var decoder = TokenDecoder(from: start)
    decoder.decode(view, upTo: view.end, isLast: true)
  }

  private mutating func search(_ view: DecodedView, to end: Int) {
    let bytes = UnsafePointer(view.window.bytes - view.window.base)
    var members = CharacterTable.tokenClass
    let minimum = DecodingLimits.minimumTokenCharacters
    let start = searchStart + sallyport_row_start(bytes + searchStart, end - searchStart, &members, minimum)
    guard start + minimum <= end else {
      searchStart = start
      next = end
      return
    }
    if let stop = TokenTable.endOfNoise(bytes, from: start, to: end) {
      searchStart = stop
      next = stop
    } else {
      begin(view, at: start)
    }
  }

  private mutating func begin(_ view: DecodedView, at start: Int) {
    let token = self.token ?? TokenReader()
    self.token = token
    token.begin(at: start)
    tokenStart = start
    state = .inside
    next = start
    lineLength = 0
    wrapLength = nil
    isFirstLine = true
  }

  private mutating func read(_ view: DecodedView, to end: Int) {
    let classes = CharacterTable.classes
    let bytes = view.window.bytes
    let base = view.window.base
    var stop = next
    while stop < end, classes[Int(bytes[stop - base])] & CharacterTable.token != 0 { stop += 1 }
    token?.append(bytes + (next - base), stop - next, of: view)
    lineLength += stop - next
    next = stop
    if stop < end { state = .between(newline: false, indentation: 0) }
  }

  /// Decides by the byte after a line whether the token goes on: it does where lines are wrapped to one length.
  private mutating func between(_ byte: UInt8, _ newline: Bool, _ indentation: Int, _ view: DecodedView) {
    switch byte {
    case UInt8(ascii: "\r") where !newline: next += 1
    case UInt8(ascii: "\n") where !newline && mayWrap:
      state = .between(newline: true, indentation: 0)
      next += 1
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      guard newline, indentation < Self.maximumIndentation else { return endToken(view) }
      state = .between(newline: true, indentation: indentation + 1)
      next += 1
    default:
      guard newline, CharacterTable.classes[Int(byte)] & CharacterTable.token != 0 else { return endToken(view) }
      token?.beginLine(at: next)
      if !isFirstLine, wrapLength == nil { wrapLength = lineLength }
      isFirstLine = false
      lineLength = 0
      state = .inside
    }
  }

  private var mayWrap: Bool {
    lineLength >= DecodingLimits.minimumTokenCharacters && (wrapLength ?? lineLength) == lineLength
  }

  private mutating func endToken(_ view: DecodedView) {
    token?.end(of: view)
    state = .outside
    searchStart = next
  }
}
