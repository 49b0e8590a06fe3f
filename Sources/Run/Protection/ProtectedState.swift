internal import Policy

/// One protected place as it was at one moment.
struct ProtectedState: Hashable, Sendable {
  /// `nil` for a place that only the policy names.
  let group: ProtectedGroup?
  let action: ProtectionAction
  let permissions: UInt32
  let content: Content

  enum Content: Hashable, Sendable {
    case file([UInt8])
    /// What is too long to be kept, by its length and when anything was last done to it.
    case long(bytes: Int64, changed: Int64)
    case link([UInt8])
    case other
    /// A directory with more in it than is looked at.
    case crowd
  }

  /// For texts and reports.
  var groupName: String { group?.rawValue ?? "policy" }
}
