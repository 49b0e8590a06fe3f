/// The text of one string in JSON, with parts of it replaced.
struct LeafText {
  /// Of what is between the quotes, in the JSON text.
  let range: Range<Int>
  let text: [UInt8]
  /// In ascending order.
  private(set) var edits: [Edit] = []

  init(_ range: Range<Int>, _ text: [UInt8]) {
    self.range = range
    self.text = text
  }

  mutating func replace(_ range: Range<Int>, by value: [UInt8]) {
    edits.append(Edit(range: range, bytes: value))
  }

  /// The string between its quotes as it is now.
  var encoded: [UInt8] { JSONText.escaped(Edit.apply(edits, to: text).text) }

  /// Replaces every placeholder that is whole.
  ///
  /// - Returns: how many there were.
  mutating func restore(_ placeholders: PlaceholderSet) -> Int {
    var nesting = StringNesting()
    var position = 0
    // A placeholder is text, too.
    var read = 0
    var count = 0
    while let (place, match) = text.withUnsafeBufferPointer({ placeholders.next(in: $0, from: position) }) {
      guard case .found(let bytes, let value) = match else { break }
      nesting.read(text[read..<place])
      read = place
      replace(place..<place + bytes, by: JSONText.escaped(value, depth: nesting.depth))
      position = place + bytes
      count += 1
    }
    return count
  }
}
