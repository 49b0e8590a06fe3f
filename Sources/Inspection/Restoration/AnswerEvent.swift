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
    let changed = texts.filter { !$0.cuts.isEmpty }
    guard !changed.isEmpty else { return bytes }
    var out: [UInt8] = []
    var position = 0
    for text in changed {
      out += bytes[position..<offset + text.range.lowerBound]
      out += text.encoded
      position = offset + text.range.upperBound
    }
    return out + bytes[position...]
  }
}
