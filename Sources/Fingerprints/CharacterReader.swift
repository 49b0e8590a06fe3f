internal import CText

#if canImport(Glibc)
  internal import Glibc
#endif

/// A text without what formatting changes: ASCII letters in lower case, digits, and all bytes above ASCII.
///
/// A number that begins a line and is followed by a tab, a blank, a colon, a bar or an arrow is left out: tools number
/// lines. Whatever the pieces in which the text comes, the characters are the same.
struct CharacterReader: Sendable {
  /// Letters as they are kept; 0 for what is left out.
  static let folded: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x41...0x5a: UInt8(byte) | 0x20
    case 0x30...0x39, 0x61...0x7a, 0x80...: UInt8(byte)
    default: 0
    }
  }

  private enum Place {
    /// Before anything of a line.
    case start
    /// Behind so many digits of its first number.
    case number
    case within
  }

  private var place = Place.start
  /// Digits that may number a line, and bytes since they began.
  private var digits: (UInt64, count: Int) = (0, 0)

  static let newline: UInt8 = 0x0a

  /// Appends the characters of a piece to the block; ``FingerprintLimits/pieceBytes`` at most.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, into block: GramBlock) {
    guard let base = bytes.baseAddress else { return }
    var position = 0
    while position < bytes.count {
      if place != .within { position = readStart(base, position, bytes.count, block) }
      guard position < bytes.count else { return }
      let rest = bytes.count - position
      let end: Int
      if let found = memchr(base + position, Int32(Self.newline), rest) {
        end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
        place = .start
      } else {
        end = bytes.count
      }
      Self.append(base, position..<end, to: block)
      position = end + (place == .start ? 1 : 0)
    }
  }

  private static func append(_ base: UnsafePointer<UInt8>, _ range: Range<Int>, to block: GramBlock) {
    block.count += sallyport_folded_letters(
      base, range.lowerBound, range.upperBound, block.units + block.count, block.ends + block.count)
  }

  /// Reads on where a line begins, to where it is known what its first number is.
  ///
  /// - Returns: the first byte that was not read.
  private mutating func readStart(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ block: GramBlock
  ) -> Int {
    var position = start
    while position < end {
      let byte = base[position]
      let isDigit = (0x30...0x39).contains(byte)
      if place == .start {
        if isDigit {
          place = .number
        } else if byte == Self.newline || Self.isKept(byte) == false {
          position += 1
          continue
        } else {
          place = .within
          return position
        }
      }
      if isDigit, digits.count < FingerprintLimits.lineNumberDigits {
        digits = (digits.0 << 8 | UInt64(byte), digits.count + 1)
        position += 1
        continue
      }
      if !Self.endsLineNumber(byte) || isDigit { keepDigits(endingAt: position, block) }
      digits = (0, 0)
      place = .within
      return position
    }
    return position
  }

  private static func isKept(_ byte: UInt8) -> Bool { folded[Int(byte)] != 0 }

  private static func endsLineNumber(_ byte: UInt8) -> Bool {
    // The last one begins an arrow in UTF-8, as one tool has it.
    byte == 0x09 || byte == 0x20 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "|") || byte == 0xe2
  }

  private func keepDigits(endingAt end: Int, _ block: GramBlock) {
    for index in (0..<digits.count).reversed() {
      // Where they came with the piece before, they are told to be where this one begins.
      block.append(UInt8(truncatingIfNeeded: digits.0 >> UInt64(8 * index)), endingAt: max(0, end - index))
    }
  }

  /// The text ends here, or is broken off: a number without anything behind it counts.
  mutating func finish(into block: GramBlock) {
    if place == .number { keepDigits(endingAt: 0, block) }
    digits = (0, 0)
    place = .start
  }
}
