/// A request's path and query, prepared so that a pattern sees what a server would see.
///
/// Percent-encoded letters, digits, `-`, `.`, `_` and `~` are decoded (RFC 3986 §6.2.2.2); other escapes stay, so an
/// encoded slash never becomes a separator.
package struct RequestTarget: Sendable, Hashable {
  /// The path without its query, after that decoding.
  package let path: [UInt8]
  /// As it was sent, without the question mark; `nil` where there is none.
  package let query: [UInt8]?
  /// False where servers disagree on what the path means: empty or dot segments (encoded ones too), a backslash, a
  /// control character, a fragment, a broken escape, or no leading slash. No pattern that opens a door may trust it.
  package let isPlain: Bool

  package init(_ target: String) {
    let bytes = Array(target.utf8)
    guard bytes.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "%") }) else {
      path = bytes
      query = nil
      isPlain = Self.isPlain(bytes)
      return
    }
    let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    let decoded = Self.decodingUnreserved(bytes[..<end])
    self.path = decoded.bytes
    self.query = end < bytes.endIndex ? Array(bytes[(end + 1)...]) : nil
    self.isPlain = decoded.isSound && Self.isPlain(decoded.bytes)
  }

  /// Whether one of the query's fields has this name and a value that matches.
  package func hasField(_ name: [UInt8], matching value: Glob?) -> Bool {
    guard let query else { return false }
    for field in query.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
      let equals = field.firstIndex(of: UInt8(ascii: "="))
      guard Self.decodingUnreserved(field[..<(equals ?? field.endIndex)]).bytes == name else { continue }
      guard let value else { return true }
      let text = equals.map { Self.decodingUnreserved(field[($0 + 1)...]).bytes } ?? []
      if value.matches(text) { return true }
    }
    return false
  }

  private static func decodingUnreserved(_ bytes: ArraySlice<UInt8>) -> (bytes: [UInt8], isSound: Bool) {
    guard bytes.contains(UInt8(ascii: "%")) else { return (Array(bytes), true) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var isSound = true
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "%") else {
        out.append(byte)
        index += 1
        continue
      }
      guard index + 2 < bytes.endIndex, let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2])
      else {
        isSound = false
        out.append(byte)
        index += 1
        continue
      }
      let value = high << 4 | low
      if isUnreserved(value) {
        out.append(value)
      } else {
        if value < 0x20 || value == 0x7f { isSound = false }
        out += bytes[index...index + 2]
      }
      index += 3
    }
    return (out, isSound)
  }

  /// Encoded slashes count as separators here: some servers treat them so.
  private static func isPlain(_ path: [UInt8]) -> Bool {
    guard path.first == UInt8(ascii: "/") else { return false }
    // Of the segment so far: its length, and how many of its bytes are dots.
    var length = 0
    var dots = 0
    var index = 1
    while index < path.count {
      let byte = path[index]
      let width = separatorWidth(path, at: index)
      if width > 0 {
        if length == 0 || (length == dots && dots <= 2) { return false }
        (length, dots) = (0, 0)
        index += width
        continue
      }
      if byte <= 0x20 || byte == 0x7f || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "#") { return false }
      length += 1
      if byte == UInt8(ascii: ".") { dots += 1 }
      index += 1
    }
    // An empty last segment is a directory's final slash.
    return length == 0 || length != dots || dots > 2
  }

  private static func separatorWidth(_ path: [UInt8], at index: Int) -> Int {
    if path[index] == UInt8(ascii: "/") { return 1 }
    guard path[index] == UInt8(ascii: "%"), index + 2 < path.count else { return 0 }
    let high = path[index + 1]
    let low = path[index + 2] | 0x20
    let isSlash = high == UInt8(ascii: "2") && low == UInt8(ascii: "f")
    let isBackslash = high == UInt8(ascii: "5") && low == UInt8(ascii: "c")
    return isSlash || isBackslash ? 3 : 0
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
