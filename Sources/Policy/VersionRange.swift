/// Releases of an agent: `>=2.1 <3`, `=2.1.329`, or `2.1` for that and everything under it.
struct VersionRange: Sendable, Hashable {
  static let form = "a range of versions such as '>=2.1', '>=2.1 <3' or '2.1'"

  let text: String
  private let bounds: [Bound]

  private struct Bound: Sendable, Hashable {
    let relation: Comparison.Relation?
    let numbers: [Int]
  }

  init?(_ text: String) {
    var bounds: [Bound] = []
    var relation: Comparison.Relation?
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let found = Comparison.Relation.allCases.first { word.hasPrefix($0.rawValue) }
      let rest = word.dropFirst(found?.rawValue.count ?? 0)
      guard relation == nil || found == nil else { return nil }
      relation = relation ?? found
      if rest.isEmpty { continue }
      guard rest.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
        let numbers = Self.numbers(in: String(rest))
      else { return nil }
      bounds.append(Bound(relation: relation, numbers: numbers))
      relation = nil
    }
    guard !bounds.isEmpty, relation == nil else { return nil }
    self.text = text
    self.bounds = bounds
  }

  /// Whether it contains all that the other one contains, as far as the bounds tell: never true where it does not.
  func covers(_ other: VersionRange) -> Bool { Set(bounds).isSubset(of: other.bounds) }

  /// - Returns: `nil` where the version holds no number, so that nothing can be said.
  func contains(_ version: String) -> Bool? {
    guard let numbers = Self.numbers(in: version) else { return nil }
    return bounds.allSatisfy { bound in
      switch bound.relation {
      case nil: return numbers.starts(with: bound.numbers)
      case .atLeast: return !Self.precedes(numbers, bound.numbers)
      case .under: return Self.precedes(numbers, bound.numbers)
      case .over: return Self.precedes(bound.numbers, numbers)
      case .atMost: return !Self.precedes(bound.numbers, numbers)
      case .equal: return !Self.precedes(numbers, bound.numbers) && !Self.precedes(bound.numbers, numbers)
      }
    }
  }

  /// The first run of digits and dots: `2.1.329` in `v2.1.329 (Claude Code)`. Missing parts count as 0.
  private static func numbers(in text: String) -> [Int]? {
    let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    guard let start = text.utf8.firstIndex(where: isDigit) else { return nil }
    let run = text.utf8[start...].prefix { isDigit($0) || $0 == UInt8(ascii: ".") }.prefix(64)
    let parts = run.split(separator: UInt8(ascii: "."))
    let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return numbers.count == parts.count ? numbers : nil
  }

  private static func precedes(_ left: [Int], _ right: [Int]) -> Bool {
    for index in 0..<max(left.count, right.count) {
      let (one, other) = (index < left.count ? left[index] : 0, index < right.count ? right[index] : 0)
      if one != other { return one < other }
    }
    return false
  }
}
