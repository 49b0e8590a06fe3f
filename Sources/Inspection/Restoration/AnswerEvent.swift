/// One event of a stream of answers, or a whole answer: JSON, and what stands around it.
struct AnswerEvent {
  private let bytes: [UInt8]
  /// Where its JSON begins.
  private let offset: Int
  var texts: [LeafText] = []

  init(_ bytes: [UInt8], jsonAt offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  var count: Int { bytes.count }

  /// As it goes on: where nothing was replaced, the very bytes that came.
  var restored: [UInt8] {
    let edits = texts.filter { !$0.edits.isEmpty }.map { text in
      Edit(range: offset + text.range.lowerBound..<offset + text.range.upperBound, bytes: text.encoded)
    }
    return edits.isEmpty ? bytes : Edit.apply(edits, to: bytes).text
  }
}
