package import Attribution

/// What the messages of a run are compared with, and what has gone where already.
package struct FileAttribution: Sendable {
  package let index: SourceIndex
  /// Keeps the index as the files change.
  package let indexer: WorkspaceIndexer
  package let sent: SentLines

  package init(index: SourceIndex, indexer: WorkspaceIndexer, sent: SentLines) {
    self.index = index
    self.indexer = indexer
    self.sent = sent
  }
}
