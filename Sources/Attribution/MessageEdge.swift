/// The beginning and the end of a message's text, by which the next message may go on where this one stopped.
struct MessageEdge: Sendable {
  let message: UInt32
  let head: [UInt8]
  let tail: [UInt8]

  /// Bytes at which two messages of a stream are told apart from what is in them.
  static let headBytes = 512
  static let tailBytes = 2048

  /// The text around the place where two messages meet.
  struct Seam {
    let text: [UInt8]
    /// Where the second message begins.
    let offset: Int

    func isCrossed(by place: Range<Int>) -> Bool { place.lowerBound < offset && place.upperBound > offset }

    /// The lines that end and begin at the seam or go across it, and one more on either side.
    var lines: (text: ArraySlice<UInt8>, offset: Int) {
      let near = offset - Self.line(text[..<offset].reversed())
      let start = near - Self.line(text[..<near].reversed())
      let last = offset + Self.line(text[offset...])
      let end = last + Self.line(text[last...])
      return (text[start..<end], offset - start)
    }

    /// Bytes up to the end of the first line that is not blank.
    private static func line(_ bytes: some Collection<UInt8>) -> Int {
      var isBlank = true
      var count = 0
      for byte in bytes {
        if byte > 0x20 { isBlank = false }
        if byte == 0x0a || byte == 0x0d, !isBlank { break }
        count += 1
      }
      return count
    }

    /// Whether it may lie within encoded bytes, which neither side tells without the other: base64 and what looks like it.
    var isInToken: Bool {
      let before = text[..<offset].reversed().prefix { Self.isDigit($0) }.count
      let after = text[offset...].prefix { Self.isDigit($0) }.count
      return before > 0 && after > 0 && before + after >= Self.leastToken
    }

    /// Longer than words are.
    private static let leastToken = 32

    private static func isDigit(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
      case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
      default: false
      }
    }
  }

  /// What stands around the seam, without what surrounds the text of each message: the same first and last bytes, up to a
  /// quotation mark.
  ///
  /// - Returns: `nil` where nothing can go on.
  func joined(to text: UnsafeBufferPointer<UInt8>) -> Seam? {
    let prefix = commonPrefix(with: text)
    let suffix = prefix > 0 ? commonSuffix(with: text) : 0
    let first = tail.count - suffix
    let second = min(text.count - prefix, Self.tailBytes)
    guard first > 0, second > 0 else { return nil }
    var joined: [UInt8] = []
    joined.reserveCapacity(first + second)
    joined += tail[..<first]
    joined += text[prefix..<prefix + second]
    return Seam(text: joined, offset: first)
  }

  /// Whether the text begins as this message did: then it does not go on from its end.
  func isRepeated(by text: UnsafeBufferPointer<UInt8>) -> Bool {
    head.count == Self.headBytes
      && head.withUnsafeBytes { EqualBytes.atBeginning($0, UnsafeRawBufferPointer(text)) } == Self.headBytes
  }

  private func commonPrefix(with text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = head.withUnsafeBytes { EqualBytes.atBeginning($0, UnsafeRawBufferPointer(text)) }
    while count > 0, head[count - 1] != UInt8(ascii: "\"") { count -= 1 }
    return count
  }

  private func commonSuffix(with text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = tail.withUnsafeBytes { EqualBytes.atEnd($0, UnsafeRawBufferPointer(text)) }
    while count > 0, tail[tail.count - count] != UInt8(ascii: "\"") { count -= 1 }
    return count
  }
}
