/// Where a document stands in the store.
struct DocumentPlace: Sendable {
  let lines: Range<Int>
  /// The offset of its first byte.
  let text: Int
  let bytes: Int
}
