internal import Documents

/// A bound on an amount: of bytes (`>1MB`, `<=4KiB`, `0`), of things (`>200`) or of a whole (`>50%`).
struct Comparison: Sendable, Hashable {
  enum Relation: String, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case over = ">"
    case under = "<"
    case equal = "="
  }

  static let form = "a comparison such as '>1MB', '<=4KiB' or '0'"

  let text: String
  private let relation: Relation
  private let amount: Int

  init?(bytes text: String) { self.init(text, amount: ByteCountText.parse) }

  static let countForm = "a comparison such as '>200' or '<=50'"

  /// A bound on a number of things.
  init?(count text: String) { self.init(text, amount: Self.digits) }

  static let shareForm = "a share such as '>50%' or '<=12.5%'"

  /// A bound on a part of a whole, which is compared in hundredths of a percent.
  init?(share text: String) {
    self.init(text) { text in
      guard text.hasSuffix("%") else { return nil }
      let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2, let percent = Self.digits(parts[0]), percent <= 100 else { return nil }
      guard parts.count == 2 else { return percent * 100 }
      guard parts[1].utf8.count <= 2, let part = Self.digits(parts[1]) else { return nil }
      return percent * 100 + (parts[1].utf8.count == 1 ? part * 10 : part)
    }
  }

  private static func digits(_ text: String) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text).flatMap { $0 <= 1 << 62 ? $0 : nil } : nil
  }

  private init?(_ text: String, amount parse: (String) -> Int?) {
    let relation = Relation.allCases.first { text.hasPrefix($0.rawValue) }
    var rest = text.dropFirst(relation?.rawValue.count ?? 0)
    while rest.first == " " { rest.removeFirst() }
    guard let amount = parse(String(rest)) else { return nil }
    self.text = text
    self.relation = relation ?? .equal
    self.amount = amount
  }

  /// All amounts for which it holds; `nil` where there are none.
  var amounts: ClosedRange<Int>? {
    switch relation {
    case .atLeast: amount...Int.max
    case .atMost: 0...amount
    case .over: amount + 1...Int.max
    case .under: amount > 0 ? 0...amount - 1 : nil
    case .equal: amount...amount
    }
  }

  /// Whether it holds wherever the other one does.
  func covers(_ other: Comparison) -> Bool {
    guard let inner = other.amounts else { return true }
    guard let outer = amounts else { return false }
    return outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
  }

  func holds(for found: Int) -> Bool {
    switch relation {
    case .atLeast: found >= amount
    case .atMost: found <= amount
    case .over: found > amount
    case .under: found < amount
    case .equal: found == amount
    }
  }
}
