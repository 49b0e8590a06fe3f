/// What stands for values in what one destination is sent, so that they can be put back into its answers.
package struct Pseudonyms: Sendable {
  /// Those that were given before.
  package let known: KnownValues
  private let give: @Sendable (_ value: [UInt8], _ kind: RedactedKind) -> [UInt8]?

  /// - Parameter give: the placeholder of a value, the same each time; `nil` where no more can be kept.
  package init(known: KnownValues, give: @escaping @Sendable (_ value: [UInt8], _ kind: RedactedKind) -> [UInt8]?) {
    self.known = known
    self.give = give
  }

  func placeholder(for value: [UInt8], _ kind: RedactedKind) -> [UInt8]? { give(value, kind) }
}
