/// One difference between a workspace and what an agent made of it in an overlay.
package struct WorkspaceChange: Sendable, Hashable {
  let path: TreePath
  package let kind: Kind
  package let entry: Entry
  /// What of the protected places it is, where it is one: applied only when it is named.
  package let protected: String?
  /// Whether the workspace was changed there meanwhile.
  package var isConflict = false

  package enum Kind: String, Sendable, Hashable {
    case added
    case changed
    case removed
    /// The permissions alone.
    case mode
  }

  package enum Entry: String, Sendable, Hashable {
    case file
    case directory
    case link
    /// A pipe or a socket, which is never applied.
    case other
  }

  /// As it is typed.
  package var name: String { path.shown }
}
