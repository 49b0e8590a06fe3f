/// Finds UTF-16 text in either byte order, with or without a byte order mark, and reads its ASCII.
///
/// Every second byte of such text is zero, which no UTF-8 text has.
struct WideTextDecoder {
  private var child: DecodedView?
  private var next = 0
  /// Bytes in a row that are text and zero in turn.
  private var run = 0
  private var lastWasZero = false
  private var isTooDeep = false

  var needed: Int { max(0, next - DecodingLimits.minimumWideRun) }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&child) }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    guard !isTooDeep else { return next = end }
    while next < end {
      if run < 2 {
        guard let zero = view.window.first(0, from: next, to: end) else {
          startRun(view, at: end - 1)
          next = end
          return
        }
        if zero > next {
          startRun(view, at: zero - 1)
          next = zero
        }
      }
      take(view, view.window.bytes[next - view.window.base])
      if isTooDeep { return next = end }
      next += 1
    }
  }

  /// The run is the one byte before the zero that comes next, if that is text.
  private mutating func startRun(_ view: DecodedView, at offset: Int) {
    let byte = view.window.bytes[offset - view.window.base]
    run = CharacterTable.classes[Int(byte)] & CharacterTable.text != 0 ? 1 : 0
    lastWasZero = false
  }

  private mutating func take(_ view: DecodedView, _ byte: UInt8) {
    let isZero = byte == 0
    let isText = CharacterTable.classes[Int(byte)] & CharacterTable.text != 0
    guard isZero || isText, run == 0 || isZero != lastWasZero else {
      run = isZero || isText ? 1 : 0
      lastWasZero = isZero
      return
    }
    run += 1
    lastWasZero = isZero
    if run == DecodingLimits.minimumWideRun {
      begin(view)
    } else if run > DecodingLimits.minimumWideRun, isText {
      child?.write(byte)
    }
  }

  private mutating func begin(_ view: DecodedView) {
    if child == nil { child = view.makeChild("utf-16", at: next) }
    guard let child else {
      isTooDeep = true
      return
    }
    child.writeSeparator()
    let start = next - DecodingLimits.minimumWideRun + 1
    let first = view.window.bytes[start - view.window.base] == 0 ? start + 1 : start
    child.map.append(.init(view: child.end, parent: start, kind: .double))
    for offset in stride(from: first, through: next, by: 2) {
      child.write(view.window.bytes[offset - view.window.base])
    }
  }
}
