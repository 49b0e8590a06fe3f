/// A name below a directory: bytes, as the kernel takes them, without `.`, `..` and doubled slashes.
struct TreePath: Hashable, Sendable, Comparable {
  let bytes: [UInt8]

  private static let slash = UInt8(ascii: "/")

  /// - Precondition: no part is empty, `.` or `..`; what comes from outside is read by ``init(shown:)``.
  init(bytes: [UInt8]) { self.bytes = bytes }

  static let top = TreePath(bytes: [])

  /// - Parameter parts: none is empty, `.` or `..`.
  init(joining parts: [[UInt8]]) { bytes = Array(parts.joined(separator: [Self.slash])) }

  /// Reads a name as a person writes it, or as ``shown`` gives it.
  ///
  /// - Returns: `nil` for one that leads out of its directory.
  init?(shown text: String) {
    guard let bytes = Self.unquoted(text) else { return nil }
    var parts: [ArraySlice<UInt8>] = []
    for part in bytes.split(separator: Self.slash) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8) || part.contains(0) { return nil }
      parts.append(part)
    }
    self.bytes = Array(parts.joined(separator: [Self.slash]))
  }

  var parts: [[UInt8]] { bytes.split(separator: Self.slash).map { Array($0) } }

  var name: [UInt8] { bytes.lastIndex(of: Self.slash).map { Array(bytes[($0 + 1)...]) } ?? bytes }

  /// ``top`` for a name at the top.
  var parent: TreePath { bytes.lastIndex(of: Self.slash).map { TreePath(bytes: Array(bytes[..<$0])) } ?? .top }

  var depth: Int { bytes.isEmpty ? 0 : bytes.count { $0 == Self.slash } + 1 }

  func appending(_ name: [UInt8]) -> TreePath { TreePath(bytes: bytes.isEmpty ? name : bytes + [Self.slash] + name) }

  func appending(_ names: String) -> TreePath { appending(Array(names.utf8)) }

  /// Whether it is `other` or lies beneath it.
  func isWithin(_ other: TreePath) -> Bool {
    other.bytes.isEmpty || bytes == other.bytes || bytes.starts(with: other.bytes + [Self.slash])
  }

  /// FNV-1a: names meet by accident once in billions of workspaces; what depends on it must bear that.
  var hash64: UInt64 { bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } }

  static func < (left: TreePath, right: TreePath) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

  /// With U+FFFD for what is no UTF-8: for patterns and lists, not for finding the file again.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// In quotes with octal numbers, as git writes it, where it could not be written otherwise.
  var shown: String {
    let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != 0x22 && $0 != 0x5c }
    if isPlain, let text = String(validating: bytes, as: UTF8.self), !Self.hasInvisible(text) { return text }
    let quoted = bytes.map { byte in
      switch byte {
      case 0x22, 0x5c: "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7f: String(UnicodeScalar(byte))
      default: "\\" + String(0o1000 + Int(byte), radix: 8).dropFirst()
      }
    }
    return "\"" + quoted.joined() + "\""
  }

  private static func hasInvisible(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }

  private static func unquoted(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.count > 1, bytes.first == 0x22, bytes.last == 0x22 else { return bytes }
    var plain: [UInt8] = []
    var index = 1
    while index < bytes.count - 1 {
      guard bytes[index] == 0x5c else {
        plain.append(bytes[index])
        index += 1
        continue
      }
      let rest = bytes[(index + 1)..<(bytes.count - 1)]
      if let next = rest.first, next == 0x22 || next == 0x5c {
        plain.append(next)
        index += 2
      } else if let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8), rest.count >= 3 {
        plain.append(value)
        index += 4
      } else {
        return nil
      }
    }
    return plain
  }
}
