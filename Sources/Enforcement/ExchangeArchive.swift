package import Evidence

/// Where a journal puts its oldest exchanges, so that memory does not grow with a run.
package protocol ExchangeArchive: Sendable {
  /// Takes in the exchanges that follow those it has. Must not wait, since event loops call it, nor lose one: what
  /// cannot be written stays in memory.
  func append(_ exchanges: [Exchange])
  /// Takes in an exchange anew that it has: a stream that stayed open while many others came and went. Must not wait.
  func replace(_ exchange: Exchange)
  /// The exchange with this number; `nil` where it has none.
  func exchange(_ sequence: Int) -> Exchange?
  /// All it has, in their order.
  var exchanges: [Exchange] { get }
}
