internal import Synchronization

/// The text of the workspace, and of whatever else the agent read, by its lines.
///
/// Any thread may change it and any may read it: readers work on a snapshot and wait for nobody.
package final class SourceIndex: Sendable {
  private let writer: Mutex<IndexWriter?>
  private let published: Mutex<IndexSnapshot?>

  /// - Parameters:
  ///   - memoryBytes: for everything in it, at least a megabyte and at most 256 MiB. Files that do not fit are left out,
  ///     which ``contents`` tells.
  ///   - isGuarded: of a path, whether a rule asks for it: of equal texts, that file's is meant.
  package init(
    memoryBytes: Int = AttributionLimits.memoryBytes, isGuarded: @escaping @Sendable (String) -> Bool = { _ in false }
  ) {
    let writer = IndexWriter(memoryBytes: memoryBytes, isGuarded: isGuarded)
    published = Mutex(writer?.snapshot)
    self.writer = Mutex(writer)
  }

  /// Takes in a file, or what it holds now. The same content again changes nothing.
  ///
  /// - Parameter path: relative to the workspace, or absolute.
  package func take(_ path: String, text: UnsafeRawBufferPointer) {
    change { $0.take(path, text) }
  }

  /// The file is gone. What was sent of it is still known when it comes again.
  package func remove(_ path: String) {
    change { $0.remove(path) }
  }

  /// The folder is gone, with all that was in it.
  func remove(under folder: String) {
    change { $0.remove(under: folder) }
  }

  /// The file is there and cannot be taken in.
  package func leaveOut(_ path: String, _ reason: IndexContents.Reason) {
    change { $0.leaveOut(path, reason) }
  }

  /// Whether it has what the file held when it was taken in last.
  func holds(_ path: String) -> Bool { writer.withLock { $0?.known[path]?.isPresent ?? false } }

  /// The agent opened the file: of several with the same text this one is meant.
  package func noteOpened(_ path: String) {
    change {
      $0.noteOpened(path)
      return false
    }
  }

  /// Everything was taken in that the run begins with: what comes from now on is new, or changed.
  package func begin() {
    writer.withLock { $0?.hasBegun = true }
  }

  package var contents: IndexContents { writer.withLock { $0?.told } ?? IndexContents(isComplete: false) }

  /// The lines of one content that a file had; `nil` where that is not known any more.
  package func lineCount(of path: String, version: Int) -> Int? {
    writer.withLock { writer in
      var document = writer?.known[path]?.document
      while let one = document, one.version > version { document = one.previous }
      return document.flatMap { $0.version == version ? $0.identities.count : nil }
    }
  }

  private func change(_ body: (inout IndexWriter) -> Bool) {
    writer.withLock { writer in
      guard var changing = writer.take() else { return }
      let hasChanged = body(&changing)
      // Under the writer's lock, so that no older snapshot replaces a newer one.
      if hasChanged { published.withLock { $0 = changing.snapshot } }
      writer = changing
    }
  }

  /// Whether every file of text that was found is in the index.
  var isComplete: Bool { writer.withLock { $0?.isComplete ?? false } }

  /// Whether the snapshot is what a new one would be.
  func isSame(_ other: IndexSnapshot) -> Bool {
    published.withLock { $0.map { $0.store === other.store && $0.documentCount == other.documentCount } ?? false }
  }

  var snapshot: IndexSnapshot? { published.withLock { $0 } }
}
