/// Where a line's text stands, without the white space around it.
struct TextLine {
  /// The first byte that is not white space, or the line's end.
  let start: Int
  /// After the last byte that is not white space.
  let end: Int

  /// - Parameters:
  ///   - first: where the line begins.
  ///   - stop: where it ends.
  @inline(__always)
  init(_ text: UnsafePointer<UInt8>, from first: Int, to stop: Int) {
    var start = first
    while start &+ 8 <= stop {
      let word = UInt64(littleEndian: UnsafeRawPointer(text + start).loadUnaligned(as: UInt64.self))
      let others = word ^ 0x2020_2020_2020_2020
      if others != 0 {
        start &+= others.trailingZeroBitCount >> 3
        break
      }
      start &+= 8
    }
    while start < stop, text[start] <= 0x20 { start &+= 1 }
    var end = stop
    while end > start, text[end &- 1] <= 0x20 { end &-= 1 }
    (self.start, self.end) = (start, end)
  }
}
