internal import Synchronization

/// One content that a file had.
final class SourceDocument: Sendable {
  let file: SourceFile
  /// 1 for the content that was there first.
  let version: Int
  let identities: LineIdentities
  /// The content before it that is kept.
  let previous: SourceDocument?
  /// Whether the run began with it.
  let isOriginal: Bool
  private let wasSent = Atomic<Bool>(false)
  private let wasForgotten = Atomic<Bool>(false)
  private let number = Atomic<Int>(0)

  init(
    _ file: SourceFile, version: Int, identities: LineIdentities, previous: SourceDocument?, isOriginal: Bool = false
  ) {
    self.file = file
    self.version = version
    self.identities = identities
    self.previous = previous
    self.isOriginal = isOriginal
  }

  /// Whether its lines may come yet: because they were in a message that was let go, or because it is the content that
  /// the run began with, of which a diff shows what was taken away.
  var isKept: Bool { isOriginal || wasSent.load(ordering: .relaxed) }
  func noteSent() { wasSent.store(true, ordering: .relaxed) }

  /// Whether its lines were taken out of the index.
  var isForgotten: Bool { wasForgotten.load(ordering: .relaxed) }
  func forget() { wasForgotten.store(true, ordering: .relaxed) }

  /// The store has it under this number, from now on.
  func move(to index: Int) { number.store(index, ordering: .relaxed) }

  /// Its first line in the store; `nil` if it is not there, or not among so many documents.
  func firstLine(in store: LineStore, among count: Int) -> Int? {
    let index = number.load(ordering: .relaxed)
    guard index < count, store.document(index) === self, !isForgotten else { return nil }
    return Int(store.lines.firstLines[index])
  }
}
