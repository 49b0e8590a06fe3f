/// What a destination is, beyond its name.
enum DestinationKind: String, Sendable, CaseIterable {
  /// Given as an address, without a name.
  case literal
  /// Listed under `private-addresses`.
  case granted
}
