/// The index as it is at one moment, for one reader.
struct IndexSnapshot: Sendable {
  let store: LineStore
  /// From a line's hash to the last line with it; others by the store's links.
  let lines: PlaceTable
  /// From the hash of three successive lines to the first of them; others by the store's links.
  let grams: PlaceTable
  /// From the hash of a part of a long line to its place in the text.
  let parts: PlaceTable
  /// What was complete when this was made.
  let lineCount: Int
  let documentCount: Int
  /// Whether there is a file of which an earlier content is kept.
  let hasVersions: Bool

  init(_ store: LineStore, lines: PlaceTable, grams: PlaceTable, parts: PlaceTable, hasVersions: Bool) {
    self.store = store
    self.hasVersions = hasVersions
    self.lines = lines
    self.grams = grams
    self.parts = parts
    lineCount = store.lineCount
    documentCount = store.documentCount
  }
}
