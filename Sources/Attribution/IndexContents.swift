/// What is in the index, and what is not.
package struct IndexContents: Sendable, Hashable {
  /// A file that is not in the index.
  package struct LeftOut: Sendable, Hashable {
    package let path: String
    package let reason: Reason

    package init(path: String, reason: Reason) {
      self.path = path
      self.reason = reason
    }
  }

  /// Why a file is not in the index.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// It is no text.
    case binary
    case tooLarge = "too-large"
    case tooManyLines = "too-many-lines"
    /// The index may not use more memory.
    case memory
    /// There are more files or folders than are read.
    case tooMany = "too-many"
    case unreadable
  }

  /// Files in the index now.
  package var files = 0
  package var lines = 0
  package var bytes = 0
  /// Some of those left out, text before what is none.
  package var leftOut: [LeftOut] = []
  /// All of those left out.
  package var leftOutCount = 0
  /// Whether every file of text that was found is in the index; nobody attributes lines to what is no text.
  package var isComplete = true
}
