/// A line as `xxd`, `hexdump`, `od`, `tcpdump -X` and PowerShell's `Format-Hex` write it: an offset, the bytes from there on
/// in digits or letters, and often the same once more as text.
struct DumpLine {
  /// A line of 64 bytes as `xxd -c 64` writes it. Its length fits into a ``SpanMap/Kind/escape(decoded:encoded:)``.
  static let longest = 255

  /// Bytes of a line behind which text may be read as some more.
  private static let leastWidth = 8

  /// The digits of the offset.
  let offset: Range<Int>
  /// What stands behind the offset, up to the line's end.
  let content: Range<Int>
  /// What the content stands for; what stands behind the bytes may have been read as some more.
  let bytes: [UInt8]

  /// - Parameters:
  ///   - source: where the bytes are, in offsets of their view.
  ///   - line: up to its end, without the characters that end it.
  /// - Returns: `nil` for a line of another kind.
  init?(_ source: UnsafePointer<UInt8>, _ line: Range<Int>) {
    guard let offset = Self.offset(source, line) else { return nil }
    self.offset = offset
    var start = offset.upperBound
    let hasColon = start < line.upperBound && source[start] == UInt8(ascii: ":")
    if hasColon { start += 1 }
    let rest = start..<line.upperBound
    content = (rest.first { !Self.isBlank(source[$0]) } ?? rest.upperBound)..<rest.upperBound
    guard !content.isEmpty else {
      bytes = []
      return
    }
    guard Self.isBlank(source[start]) else { return nil }
    let found = (hasColon ? nil : Self.cells(source, rest)) ?? Self.groups(source, rest, inOrder: hasColon)
    guard let found else { return nil }
    bytes = found
  }

  /// How many bytes this line may have, as the offset of the one behind it tells: first what fits to the bytes that were read,
  /// then by the base that offsets are most often written in. Empty where that one does not go on behind this one.
  func widths(before other: DumpLine, _ source: UnsafePointer<UInt8>) -> [Int] {
    let widths = [UInt64(16), 8, 10].compactMap { radix -> Int? in
      guard let here = Self.value(source, offset, radix), let there = Self.value(source, other.offset, radix),
        there > here, there - here <= UInt64(bytes.count)
      else { return nil }
      return Int(there - here)
    }
    // Short lines are numbers in a row, but for those whose offsets have zeros before them.
    let isNarrow = source[offset.lowerBound] != UInt8(ascii: "0") && bytes.count < Self.leastWidth
    guard !isNarrow || other.bytes.isEmpty else { return [] }
    return widths.filter { $0 == bytes.count } + widths.filter { $0 != bytes.count && $0 >= Self.leastWidth }
  }

  /// Whether a line that begins like this may be one, as far as its bytes are there.
  static func mayBegin(_ source: UnsafePointer<UInt8>, _ beginning: Range<Int>) -> Bool {
    let start = afterBlanks(source, beginning)
    let digits = start..<min(beginning.upperBound, start + leastDigits)
    return digits.allSatisfy { digit(source[$0]) < 16 || $0 == start + 1 && source[$0] == UInt8(ascii: "x") }
  }

  // MARK: The offset

  private static let widestIndent = 8
  private static let leastDigits = 4

  private static func afterBlanks(_ source: UnsafePointer<UInt8>, _ line: Range<Int>) -> Int {
    var start = line.lowerBound
    while start < line.upperBound, start - line.lowerBound < widestIndent, isBlank(source[start]) { start += 1 }
    return start
  }

  /// Four digits at least, after blanks and `0x`, and nothing else beside them.
  private static func offset(_ source: UnsafePointer<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    var start = afterBlanks(source, line)
    guard start < line.upperBound else { return nil }
    let isMarked = start + 1 < line.upperBound && source[start + 1] == UInt8(ascii: "x")
    if source[start] == UInt8(ascii: "0"), isMarked { start += 2 }
    var end = start
    while end < line.upperBound, end - start <= 20, digit(source[end]) < 16 { end += 1 }
    return (leastDigits...20).contains(end - start) ? start..<end : nil
  }

  private static func value(_ source: UnsafePointer<UInt8>, _ digits: Range<Int>, _ radix: UInt64) -> UInt64? {
    var value: UInt64 = 0
    for index in digits {
      let digit = UInt64(digit(source[index]))
      guard digit < radix, value >> 56 == 0 else { return nil }
      value = value * radix + digit
    }
    return value
  }

  // MARK: Bytes

  /// `od -c` and `od -b`: four columns for a byte, which is a letter, an escape or three octal digits.
  private static func cells(_ source: UnsafePointer<UInt8>, _ content: Range<Int>) -> [UInt8]? {
    var bytes: [UInt8] = []
    for start in stride(from: content.lowerBound, to: content.upperBound, by: 4) {
      func column(_ index: Int) -> UInt8 {
        start + index < content.upperBound ? source[start + index] : UInt8(ascii: " ")
      }
      guard column(0) == UInt8(ascii: " "), let byte = cell(column(1), column(2), column(3)) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func cell(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8? {
    let blank = UInt8(ascii: " ")
    if first == blank, second == blank { return (0x20...0x7e).contains(third) ? third : nil }
    if first == blank, second == UInt8(ascii: "\\") {
      return Array("0abtnvfr".utf8).firstIndex(of: third).map { $0 == 0 ? 0 : UInt8($0) + 6 }
    }
    return octal([first, second, third]).flatMap { UInt8(exactly: $0) }
  }

  /// Groups of digits of one length, with blanks between them.
  ///
  /// - Parameter inOrder: whether groups are bytes as they follow each other (`xxd`); elsewhere more than two digits are a
  ///   number, whose last byte comes first on the machines that people have.
  private static func groups(_ source: UnsafePointer<UInt8>, _ content: Range<Int>, inOrder: Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    var length: Int?
    var index = content.lowerBound
    while true {
      let before = index
      while index < content.upperBound, isBlank(source[index]) { index += 1 }
      // Behind two blanks `xxd` writes the text; others leave two in the middle.
      let isMiddle = length == 2 && bytes.count == 8
      guard index < content.upperBound, !inOrder || length == nil || index - before == 1 || isMiddle else { break }
      let start = index
      while index < content.upperBound, digit(source[index]) < 16, index - start <= 32 { index += 1 }
      let group = UnsafeBufferPointer(start: source + start, count: index - start)
      // Numbers of one length are what the same count of bytes is; of bytes in order the last group may have fewer.
      guard index == content.upperBound || isBlank(source[index]), group.count == length ?? group.count || inOrder,
        let read = inOrder ? pairs(group) : number(group)
      else { break }
      if length == nil { length = group.count }
      bytes += read
    }
    return length == nil ? nil : bytes
  }

  private static func pairs(_ digits: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard !digits.isEmpty, digits.count.isMultiple(of: 2), digits.count <= 32 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digit(digits[$0]) << 4 | digit(digits[$0 + 1]) }
  }

  private static func number(_ digits: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    switch digits.count {
    case 2, 4, 8, 16: pairs(digits)?.reversed()
    case 6: octal(digits).flatMap { UInt16(exactly: $0) }.map { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    default: nil
    }
  }

  private static func octal(_ digits: some Collection<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { return nil }
      value = value << 3 | Int(digit & 7)
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> UInt8 { CharacterTable.hexValues[Int(byte)] }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
