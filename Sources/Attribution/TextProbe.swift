internal import Glibc

/// Tells text from what is none.
enum TextProbe {
  /// Whether the bytes hold a NUL near their beginning, or much that is not UTF-8.
  static func isBinary(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let prefix = UnsafeRawBufferPointer(rebasing: bytes.prefix(AttributionLimits.binaryPrefixBytes))
    guard let start = prefix.baseAddress else { return false }
    if memchr(start, 0, prefix.count) != nil { return true }
    return invalidBytes(prefix) * AttributionLimits.invalidDivisor > prefix.count
  }

  /// Bytes that are in no sequence of UTF-8; a last one that is cut counts as none.
  private static func invalidBytes(_ bytes: UnsafeRawBufferPointer) -> Int {
    var invalid = 0
    var position = 0
    while position < bytes.count {
      let length = length(ofSequence: bytes[position])
      if length == 0 {
        invalid += 1
        position += 1
        continue
      }
      let end = min(bytes.count, position + length)
      let isWhole = bytes[(position + 1)..<max(position + 1, end)].allSatisfy { $0 & 0xc0 == 0x80 }
      if !isWhole { invalid += 1 }
      position = isWhole ? end : position + 1
    }
    return invalid
  }

  private static func length(ofSequence first: UInt8) -> Int {
    switch first {
    case 0..<0x80: 1
    case 0xc2..<0xe0: 2
    case 0xe0..<0xf0: 3
    case 0xf0..<0xf5: 4
    default: 0
    }
  }
}
