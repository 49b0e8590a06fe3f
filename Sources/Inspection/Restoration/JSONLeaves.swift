/// The strings of a JSON text and where they stand: what is needed to change some of them and nothing else.
///
/// RFC 8259, read in one pass without recursion. It is stricter than nobody: what is not JSON gives nothing, and is then
/// left as it is.
package struct JSONLeaves {
  /// A string, or a number; `true`, `false` and `null` are of no use here.
  package struct Leaf {
    /// Of a string without its quotes; of a number all of it.
    let range: Range<Int>
    let isString: Bool
    /// Which of ``JSONLeaves/paths`` leads to it; elements of a list have their list's.
    let path: Int
    /// Of the object that it is in, or that its list is in.
    let object: Int
  }

  private(set) var leaves: [Leaf] = []
  private var paths = MemberPaths()
  /// For each object the one around it; -1 of the outermost.
  private(set) var parents: [Int] = []
  /// For each object its place in the list that it is an element of; 0 where it is none.
  private(set) var positions: [Int] = []

  /// For each object that has them, the leaf with its `type`, and whether it is signed.
  private(set) var types: [Int: Int] = [:]
  private(set) var signed: Set<Int> = []

  private static let maximumDepth = 128
  /// Of a name as much as counts.
  private static let maximumNameBytes = 64

  private struct Level {
    let isObject: Bool
    let path: Int
    let object: Int
    var count = 0
    /// The name that was read last.
    var name = ""
  }

  /// - Returns: `nil` for what is no JSON text, or nested deeper than anybody's.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var reader = Reader(text: text)
    var levels: [Level] = []
    reader.skipSpace()
    guard reader.first != nil else { return nil }
    while true {
      if let top = levels.last, top.isObject {
        guard let name = reader.name() else { return nil }
        levels[levels.count - 1].name = name
      }
      let top = levels.last
      let path = top.map { $0.isObject ? paths.index(of: $0.name, in: $0.path) : $0.path } ?? MemberPaths.root
      guard let first = reader.first else { return nil }
      switch first {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard levels.count < Self.maximumDepth else { return nil }
        let isObject = first == UInt8(ascii: "{")
        var object = top?.object ?? -1
        if isObject {
          parents.append(object)
          positions.append(top.map { $0.isObject ? 0 : $0.count } ?? 0)
          object = parents.count - 1
        }
        levels.append(Level(isObject: isObject, path: path, object: object))
        reader.advance()
        if !reader.closes(isObject) { continue }
        levels.removeLast()
      case UInt8(ascii: "\""):
        guard let range = reader.string() else { return nil }
        if let top, top.isObject { note(top) }
        leaves.append(Leaf(range: range, isString: true, path: path, object: top?.object ?? -1))
      default:
        guard let range = reader.scalar() else { return nil }
        if first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) {
          leaves.append(Leaf(range: range, isString: false, path: path, object: top?.object ?? -1))
        }
      }
      // What comes behind a value: one more, or the end of what it is in.
      while true {
        guard let top = levels.last else {
          reader.skipSpace()
          guard reader.isAtEnd else { return nil }
          return
        }
        levels[levels.count - 1].count += 1
        if reader.takeComma() { break }
        guard reader.closes(top.isObject) else { return nil }
        levels.removeLast()
      }
    }
  }

  private mutating func note(_ level: Level) {
    switch level.name {
    case "type": types[level.object] = leaves.count
    case "signature": signed.insert(level.object)
    default: break
    }
  }

  /// The names that lead to a leaf, joined by dots; empty where they are too many.
  func path(of leaf: Leaf) -> String { paths.paths[leaf.path] }

  /// The last of them.
  func name(of leaf: Leaf) -> String { paths.names[leaf.path] }

  /// The value of a member of an object, as it stands in the text.
  ///
  /// - Complexity: linear in all leaves.
  func member(_ name: String, of object: Int, in text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    leaves.first { $0.object == object && self.name(of: $0) == name }
      .map { UnsafeBufferPointer(rebasing: text[$0.range]) }
  }
}

extension JSONLeaves {
  private struct Reader {
    let text: UnsafeBufferPointer<UInt8>
    var position = 0

    var first: UInt8? { position < text.count ? text[position] : nil }

    var isAtEnd: Bool { position == text.count }

    mutating func advance() { position += 1 }

    mutating func skipSpace() {
      while let byte = first, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      skipSpace()
      guard first == byte else { return false }
      position += 1
      skipSpace()
      return true
    }

    mutating func takeComma() -> Bool { take(UInt8(ascii: ",")) }

    mutating func closes(_ isObject: Bool) -> Bool { take(UInt8(ascii: isObject ? "}" : "]")) }

    mutating func name() -> String? {
      skipSpace()
      guard let range = string(), take(UInt8(ascii: ":")) else { return nil }
      return String(decoding: text[range].prefix(JSONLeaves.maximumNameBytes), as: UTF8.self)
    }

    /// - Returns: what is between the quotes.
    mutating func string() -> Range<Int>? {
      guard first == UInt8(ascii: "\"") else { return nil }
      position += 1
      let start = position
      while let byte = first {
        switch byte {
        case UInt8(ascii: "\""):
          position += 1
          return start..<position - 1
        case UInt8(ascii: "\\"): position += 2
        case ..<0x20: return nil
        default: position += 1
        }
      }
      return nil
    }

    mutating func scalar() -> Range<Int>? {
      let start = position
      while let byte = first, !Self.ends.contains(byte) { position += 1 }
      let word = text[start..<position]
      guard let first = word.first else { return nil }
      if first == UInt8(ascii: "-") || ByteSet.digits.contains(first) {
        return word.allSatisfy(Self.number.contains) ? start..<position : nil
      }
      return Self.words.contains { word.elementsEqual($0) } ? start..<position : nil
    }

    private static let number = ByteSet("0123456789+-.eE".utf8)
    private static let words = ["true", "false", "null"].map { Array($0.utf8) }

    private static let ends = ByteSet(",]} \n\r\t\"{[:".utf8)
  }
}
