/// Reads a private key whose lines have something before or behind them: a diff's minus signs, a comment's, the numbers of
/// `grep -n`, the quotes and commas of a list of strings.
///
/// - Source: RFC 7468 §2, RFC 4716 §3.2, RFC 9580 §6.2 (lines of base64 between two that name what they are), and PuTTY's
///   own format, appendix C of its manual.
struct ArmorReader {
  enum Reading: Equatable {
    case none
    /// It goes on in bytes to come.
    case cut
    /// Its lines without what is beside them, in order; none where nothing is. Read up to `end`.
    case lines([Range<Int>], end: Int)
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let isLast: Bool
  private let heading: ArmorHeading
  /// What stands before the heading, on the same line.
  private let prefix: Range<Int>
  /// What stands behind it, where that is none of the key.
  private var suffix: Range<Int>
  private var lines: [Range<Int>]
  /// Where the last of them ends.
  private var reached: Int
  private var shortLines = 0

  /// An RSA key of 16,384 bits in PEM takes 12.6 KB, and as much as half of that may stand beside it.
  static let longest = 20 * 1024
  /// Of the line before a key.
  static let longestPrefix = 256
  /// Without a line of the key.
  private static let longestGap = 512
  /// What is in base64 whatever stands beside it: lines of keys have 64, 70 or 76 characters.
  private static let certainCharacters = 40
  /// A shorter line is one of the last.
  private static let ordinaryCharacters = 16
  /// OpenPGP has a check sum behind the last line.
  private static let mostShortLines = 2

  /// - Parameters:
  ///   - text: the bytes that are there.
  ///   - isLast: whether no more come.
  init(_ heading: ArmorHeading, in text: UnsafeBufferPointer<UInt8>, isLast: Bool) {
    self.heading = heading
    self.text = text
    self.isLast = isLast
    let start = heading.range.lowerBound
    let lineEnd = text[..<start].suffix(Self.longestPrefix).lastIndex(where: Self.isLineEnd)
    prefix = (lineEnd.map { $0 + 1 } ?? max(0, start - Self.longestPrefix))..<start
    suffix = heading.range.upperBound..<heading.range.upperBound
    lines = [heading.range]
    reached = heading.range.upperBound
  }

  mutating func read() -> Reading {
    let limit = heading.range.lowerBound + Self.longest
    var position = reached
    while position < min(text.count, limit) {
      guard let end = endOfLine(from: position, before: limit) else { return .cut }
      guard take(position..<end), position - reached <= Self.longestGap else { return finished(at: position) }
      position = end + 1
    }
    return text.count < limit && !isLast ? .cut : finished(at: min(position, text.count))
  }

  private func finished(at position: Int) -> Reading {
    guard lines.count > 1 else { return .none }
    let isPlain =
      lines[0].upperBound < lines[1].lowerBound
      && zip(lines, lines.dropFirst()).allSatisfy { line, next in
        text[line.upperBound..<next.lowerBound].allSatisfy(Self.isSpace)
      }
    return .lines(isPlain ? [] : lines, end: max(position, reached))
  }

  // MARK: Lines

  /// The next end of a line, or comma behind a string.
  private func endOfLine(from start: Int, before limit: Int) -> Int? {
    let stop = min(limit, text.count)
    let end = (start..<stop).first { index in
      Self.isLineEnd(text[index])
        || text[index] == UInt8(ascii: ",") && index > start && Escape.isQuote(text[index - 1])
    }
    return end ?? (stop == limit || isLast ? stop : nil)
  }

  /// - Returns: false where the key ends.
  private mutating func take(_ line: Range<Int>) -> Bool {
    let next = ArmorHeading.first(in: text, line)
    let line = line.lowerBound..<(next?.range.lowerBound ?? line.upperBound)
    let ending = heading.ending(in: text, line)
    let goesOn = takeBody(of: line.lowerBound..<(ending?.lowerBound ?? line.upperBound), isLast: ending != nil)
    guard let ending else { return goesOn && next == nil }
    lines.append(ending)
    reached = ending.upperBound
    return false
  }

  private mutating func takeBody(of line: Range<Int>, isLast: Bool) -> Bool {
    if line.lowerBound == heading.range.upperBound, !isLast,
      runs(of: line).allSatisfy({ $0.count < Self.ordinaryCharacters })
    {
      suffix = line
      return true
    }
    guard let body = body(of: withoutSuffix(withoutPrefix(line)), isLast: isLast) else { return false }
    for part in body {
      lines.append(part)
      reached = part.upperBound
      // PuTTY says of each part how many lines it has.
      if part.count < Self.ordinaryCharacters, heading.kind != .putty { shortLines += 1 }
    }
    return shortLines <= Self.mostShortLines
  }

  /// A line without what stands before all of them; numbers may be others there, and blanks more or fewer.
  private func withoutPrefix(_ line: Range<Int>) -> Range<Int> {
    var (wanted, position) = (prefix.lowerBound, line.lowerBound)
    while wanted < prefix.upperBound {
      if Self.isOfNumber(text[wanted]) {
        let number = text[position..<line.upperBound].prefix(while: Self.isOfNumber)
        guard !number.isEmpty else { return line }
        position = number.endIndex
        wanted = text[wanted..<prefix.upperBound].prefix(while: Self.isOfNumber).endIndex
      } else {
        guard position < line.upperBound, text[position] == text[wanted] else { return line }
        position += 1
        wanted += 1
      }
    }
    // Digits behind it may be the key's own.
    let mayBeOfKey = position > line.lowerBound && text[position - 1] != 0x20 && Self.isOfNumber(text[position - 1])
    return mayBeOfKey ? line : position..<line.upperBound
  }

  private func withoutSuffix(_ line: Range<Int>) -> Range<Int> {
    guard line.count > suffix.count, text[line].suffix(suffix.count).elementsEqual(text[suffix]) else { return line }
    return line.dropLast(suffix.count)
  }

  /// What a line has of the key; `nil` where it is something else.
  ///
  /// - Parameter isLast: whether the key's end is behind it.
  private func body(of line: Range<Int>, isLast: Bool) -> [Range<Int>]? {
    let line = text[line]
    guard let first = line.firstIndex(where: Self.isBase64), let last = line.lastIndex(where: Self.isBase64) else {
      return []
    }
    let core = line[first...last]
    if core.allSatisfy(Self.isBase64) || Self.isHeader(core) { return [core.startIndex..<core.endIndex] }
    // Who takes escapes off sees all of it.
    guard !core.contains(UInt8(ascii: "\\")) else { return nil }
    let runs = runs(of: core.indices)
    let certain = runs.filter { $0.count >= Self.certainCharacters }
    let isOfNothingElse = isLast && core.allSatisfy { Self.isBase64($0) || Self.isSpace($0) }
    return certain.isEmpty ? nil : isOfNothingElse ? runs : certain
  }

  /// Characters of base64 in a row.
  private func runs(of part: Range<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = part.lowerBound
    while let first = text[start..<part.upperBound].firstIndex(where: Self.isBase64) {
      start = text[first..<part.upperBound].prefix(while: Self.isBase64).endIndex
      runs.append(first..<start)
    }
    return runs
  }

  /// `Proc-Type: 4,ENCRYPTED` (RFC 1421 §4.6), `Version: GnuPG v2`.
  private static func isHeader(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let name = line.prefix { $0 != UInt8(ascii: ":") }
    return (4...20).contains(name.count) && line.count <= longestHeader && name.allSatisfy(isOfName)
      && line[name.endIndex...].starts(with: ": ".utf8)
  }

  private static let longestHeader = 160

  // MARK: Bytes

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == 0x0a || byte == 0x0d || byte == DecodedView.separator
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

  private static func isOfName(_ byte: UInt8) -> Bool {
    CharacterTable.classes[Int(byte)] & CharacterTable.alphanumeric != 0 || byte == UInt8(ascii: "-")
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool { byte == 0x20 || (0x30...0x39).contains(byte) }

  private static func isBase64(_ byte: UInt8) -> Bool {
    CharacterTable.classes[Int(byte)] & CharacterTable.alphanumeric != 0 || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
  }
}
