/// Whether a condition holds. What is not known opens nothing and closes everything: see ``PolicyRule``.
enum Truth: Sendable {
  case yes
  case no
  case unknown

  init(_ flag: Bool) { self = flag ? .yes : .no }
}
