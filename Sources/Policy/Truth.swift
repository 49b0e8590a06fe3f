/// Whether a condition holds. What is not known opens nothing and closes everything: see ``PolicyRule``.
enum Truth: Sendable {
  case yes
  case no
  case unknown

  init(_ flag: Bool) { self = flag ? .yes : .no }

  /// Both.
  func and(_ other: Truth) -> Truth {
    switch (self, other) {
    case (.no, _), (_, .no): .no
    case (.yes, .yes): .yes
    default: .unknown
    }
  }
}
