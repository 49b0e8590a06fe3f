/// Files of the home, or elsewhere, that the agent may see besides the workspace and its own.
package struct FileGrants: Sendable, Hashable {
  /// Absolute, or below `~/`.
  package let read: [String]
  package let write: [String]

  package init(read: [String] = [], write: [String] = []) {
    self.read = read
    self.write = write
  }
}
