/// Finds UTF-16 text in either byte order, with or without a byte order mark.
///
/// Every second byte of such text is zero where it is of ASCII, which no UTF-8 text has. Behind eight such letters other
/// characters count, too (RFC 2781 §2).
struct WideTextDecoder {
  private var child: DecodedView?
  private var next = 0
  /// Bytes in a row that are text and zero in turn.
  private var run = 0
  private var lastWasZero = false
  private var isTooDeep = false
  /// Within a text that was found.
  private var isInside = false
  private var isBigEndian = false
  /// Characters in a row that are not of ASCII: noise behind a text is such.
  private var others = 0

  private static let mostOthers = 256

  var needed: Int { max(0, next - DecodingLimits.minimumWideRun) }

  /// Goes on in the copy of its view.
  ///
  /// - Returns: false where a part of it is not there.
  mutating func move(to copies: TreeCopy) -> Bool { copies.move(&child) }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    guard !isTooDeep else { return next = end }
    while next < end {
      if isInside {
        guard takeUnit(view, to: end, isLast: isLast) else { return }
        continue
      }
      // A zero may be the first byte of the first letter.
      if run == 0 || run == 1 && !lastWasZero {
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
    run = isText(byte) ? 1 : 0
    lastWasZero = false
  }

  private func isText(_ byte: UInt8) -> Bool { CharacterTable.classes[Int(byte)] & CharacterTable.text != 0 }

  private mutating func take(_ view: DecodedView, _ byte: UInt8) {
    let isZero = byte == 0
    guard isZero || isText(byte), run == 0 || isZero != lastWasZero else {
      run = isZero || isText(byte) ? 1 : 0
      lastWasZero = isZero
      return
    }
    run += 1
    lastWasZero = isZero
    if run == DecodingLimits.minimumWideRun { begin(view) }
  }

  private mutating func begin(_ view: DecodedView) {
    if child == nil { child = view.makeChild("utf-16", at: next) }
    guard let child else {
      isTooDeep = true
      return
    }
    child.writeSeparator()
    let start = next - DecodingLimits.minimumWideRun + 1
    isBigEndian = view.window.bytes[start - view.window.base] == 0
    child.map.append(.init(view: child.end, parent: start, kind: .double))
    for offset in stride(from: isBigEndian ? start + 1 : start, through: next, by: 2) {
      child.write(view.window.bytes[offset - view.window.base])
    }
    isInside = true
    others = 0
  }

  /// Reads one character.
  ///
  /// - Returns: false where its bytes are not there yet.
  private mutating func takeUnit(_ view: DecodedView, to end: Int, isLast: Bool) -> Bool {
    let bytes = UnsafePointer(view.window.bytes + (next - view.window.base))
    guard next + 1 < end else {
      // The last letter may lack its second byte.
      if isLast, !isBigEndian, isText(bytes[0]) { child?.write(bytes[0]) }
      if isLast { next = end }
      return isLast
    }
    let unit = Self.unit(bytes, isBigEndian)
    if unit < 0x80 {
      guard isText(UInt8(unit)) || TextRun.isOfTerminals(UInt8(unit)) else { return leave() }
      others = 0
      child?.write(UInt8(unit))
      next += 2
      return true
    }
    var scalar = UInt32(unit)
    var encoded = 2
    if (0xd800..<0xdc00).contains(unit) {
      guard next + 3 < end else {
        if isLast { next = end }
        return isLast
      }
      let low = Self.unit(bytes + 2, isBigEndian)
      guard (0xdc00..<0xe000).contains(low) else { return leave() }
      scalar = 0x10000 + (scalar - 0xd800) << 10 + UInt32(low - 0xdc00)
      encoded = 4
    }
    others += 1
    guard scalar >= 0xa0, !(0xdc00..<0xe000).contains(scalar), scalar & 0xfffe != 0xfffe, others <= Self.mostOthers,
      let child
    else { return leave() }
    let escape = Escape(scalar: scalar, encoded: encoded)
    child.map.append(
      .init(view: child.end, parent: next, kind: .escape(decoded: UInt8(escape.count), encoded: UInt8(encoded))))
    for index in 0..<escape.count { child.write(escape.bytes[index]) }
    next += encoded
    child.map.append(.init(view: child.end, parent: next, kind: .double))
    return true
  }

  private static func unit(_ bytes: UnsafePointer<UInt8>, _ isBigEndian: Bool) -> UInt16 {
    isBigEndian ? UInt16(bytes[0]) << 8 | UInt16(bytes[1]) : UInt16(bytes[1]) << 8 | UInt16(bytes[0])
  }

  /// The text ended; what comes may begin another.
  private mutating func leave() -> Bool {
    isInside = false
    run = 0
    return true
  }
}
