/// Decodes one text of Ascii85.
final class Ascii85Reader {
  private var run = QuintetRun()
  /// The group that is open.
  private var value: UInt64 = 0
  private var count = 0
  private var groupStart = 0

  /// One that stands in the same text, or before the next.
  ///
  /// - Returns: `nil` where a part of it cannot be copied.
  func copy(_ copies: TreeCopy) -> Ascii85Reader? {
    let copy = Ascii85Reader()
    (copy.value, copy.count, copy.groupStart) = (value, count, groupStart)
    guard let run = run.copy(copies) else { return nil }
    copy.run = run
    return copy
  }

  var isBetweenGroups: Bool { count == 0 }

  func begin() {
    (value, count) = (0, 0)
    run.end()
  }

  /// Takes a character; white space between the characters counts for nothing.
  ///
  /// - Returns: false where it is none.
  func take(_ byte: UInt8, at offset: Int, of view: DecodedView) -> Bool {
    if byte == 0x20 || (9...13).contains(byte) { return true }
    if byte == UInt8(ascii: "z"), count == 0 {
      run.end()
      return true
    }
    guard (UInt8(ascii: "!")...UInt8(ascii: "u")).contains(byte) else { return false }
    let digit = byte - UInt8(ascii: "!")
    if count == 0 { groupStart = offset }
    value = value * 85 + UInt64(digit)
    count += 1
    guard count == 5 else { return true }
    run.take(value, 4, at: groupStart..<offset + 1, of: view)
    (value, count) = (0, 0)
    return true
  }

  /// The text ends before `offset`.
  func end(at offset: Int, of view: DecodedView) {
    if count > 1 {
      for _ in count..<5 { value = value * 85 + 84 }
      run.take(value, count - 1, at: groupStart..<offset, of: view)
    }
    begin()
  }
}
