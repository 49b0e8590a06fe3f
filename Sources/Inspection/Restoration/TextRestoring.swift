/// Puts values back in a stream of plain text, in pieces of any size. What may be the beginning of a placeholder waits.
package struct TextRestoring {
  private let placeholders: PlaceholderSet
  private var carried: [UInt8] = []
  package private(set) var restored = 0

  package init(_ placeholders: PlaceholderSet) { self.placeholders = placeholders }

  package mutating func take(_ piece: [UInt8]) -> [UInt8] {
    let text = carried + piece
    carried = []
    var out: [UInt8] = []
    var position = 0
    while let (place, match) = text.withUnsafeBufferPointer({ placeholders.next(in: $0, from: position) }) {
      out += text[position..<place]
      position = place
      guard case .found(let bytes, let value) = match else {
        carried = Array(text[place...])
        return out
      }
      out += value
      position += bytes
      restored += 1
    }
    return out + text[position...]
  }

  package mutating func finish() -> [UInt8] {
    defer { carried = [] }
    return carried
  }
}
