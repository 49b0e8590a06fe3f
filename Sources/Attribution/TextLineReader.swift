internal import Glibc

/// Reads lines of a file one after the other. A line ends with LF, CR LF or CR.
struct TextLineReader {
  private let text: UnsafePointer<UInt8>
  private let count: Int
  private(set) var position: Int
  /// The next CR from ``position`` on.
  private var nextReturn: Int

  init(_ text: UnsafePointer<UInt8>, from position: Int, to count: Int) {
    self.text = text
    self.count = count
    self.position = position
    nextReturn = Self.find(0x0d, text, position, count)
  }

  @inline(__always)
  private static func find(_ byte: Int32, _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    guard start < count, let found = memchr(text + start, byte, count - start) else { return count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(text)
  }

  /// The next line; not to be called at the end of the text.
  @inline(__always)
  mutating func next() -> TextLine {
    if nextReturn < position { nextReturn = Self.find(0x0d, text, position, count) }
    let stop = min(Self.find(0x0a, text, position, nextReturn), nextReturn)
    let line = TextLine(text, from: position, to: stop)
    guard stop < count else {
      position = count
      return line
    }
    let isPair = text[stop] == 0x0d && stop + 1 < count && text[stop + 1] == 0x0a
    position = stop + (isPair ? 2 : 1)
    return line
  }
}
