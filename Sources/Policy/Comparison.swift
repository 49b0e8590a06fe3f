internal import Documents

/// A bound on an amount of bytes: `>1MB`, `<=4KiB`, `0`.
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

  init?(_ text: String) {
    let relation = Relation.allCases.first { text.hasPrefix($0.rawValue) }
    var rest = text.dropFirst(relation?.rawValue.count ?? 0)
    while rest.first == " " { rest.removeFirst() }
    guard let amount = ByteCountText.parse(String(rest)) else { return nil }
    self.text = text
    self.relation = relation ?? .equal
    self.amount = amount
  }

  func holds(for bytes: Int) -> Bool {
    switch relation {
    case .atLeast: bytes >= amount
    case .atMost: bytes <= amount
    case .over: bytes > amount
    case .under: bytes < amount
    case .equal: bytes == amount
    }
  }
}
