/// Where the key came from that a ledger was checked with.
package enum KeySource: String, Sendable, Hashable, CaseIterable {
  /// The reader brought it: the ledger is the one that the reader knows.
  case pinned
  /// It lay beside the ledger: the ledger agrees with itself, and anybody may have signed it anew.
  case found

  package var words: String {
    switch self {
    case .pinned: "with the pinned key"
    case .found: "with the key found beside it, not pinned"
    }
  }
}
