/// Text of a document that is in a message.
struct SourceClaim {
  let document: SourceDocument
  /// Where the document was when this was found.
  let store: LineStore
  let place: DocumentPlace
  /// In the store's text.
  let text: Range<Int>
  let copies: Int
}
