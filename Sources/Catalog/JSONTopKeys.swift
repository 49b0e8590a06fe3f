/// The names of a JSON object's members, read from its beginning, which may stop anywhere.
struct JSONTopKeys {
  private var names: Set<[UInt8]> = []

  init(_ prefix: [UInt8]) {
    var depth = 0
    var index = 0
    let end = min(prefix.count, CatalogLimits.bodyPrefixBytes)
    while index < end {
      switch prefix[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        let start = index + 1
        index = Self.endOfString(prefix[..<end], from: start)
        guard index < end else { return }
        if depth == 1, Self.isName(prefix[..<end], after: index) { names.insert(Array(prefix[start..<index])) }
      default: break
      }
      index += 1
    }
  }

  func contains(all keys: [String]) -> Bool {
    keys.allSatisfy { names.contains(Array($0.utf8)) }
  }

  /// The index of the closing quotation mark, or the end.
  private static func endOfString(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.endIndex, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index, bytes.endIndex)
  }

  private static func isName(_ bytes: ArraySlice<UInt8>, after close: Int) -> Bool {
    let rest = bytes[(close + 1)...].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }
    return rest.first == UInt8(ascii: ":")
  }
}
