/// A file or directory that an agent may see.
package struct FileGrant: Sendable, Hashable {
  /// Absolute, or below `~/`.
  package let path: String
  package let access: Access
  /// Whether it may be missing.
  package let isOptional: Bool
  package let source: FactSource

  package enum Access: String, Sendable, Hashable, CaseIterable {
    case read
    case write
    /// Empty at the run's begin, writable, and gone at its end: spools that would be sent later.
    case scratch
  }
}
