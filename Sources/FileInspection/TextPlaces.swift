internal import Evidence

/// Finds the lines and columns of offsets in a text that goes by, and what comments beside them allow.
struct TextPlaces {
  private let offsets: [Int]
  private var next = 0
  private var position = 0
  private var line = 1
  private var column = 1
  private(set) var places: [Int: TextPlace] = [:]
  /// The last bytes of the line that goes by.
  private var tail: [UInt8] = []
  private(set) var comments: [Int: AllowingComment] = [:]

  /// - Parameter offsets: in bytes; in any order.
  init(of offsets: some Sequence<Int>) { self.offsets = Set(offsets).sorted() }

  mutating func receive(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      settle()
      position += 1
      if byte == UInt8(ascii: "\n") {
        endLine()
        line += 1
        column = 1
      } else {
        // A byte that goes on with a character is none of its own (RFC 3629 §3).
        if byte & 0xc0 != 0x80 { column += 1 }
        keep(byte)
      }
    }
  }

  mutating func finish() {
    settle()
    endLine()
  }

  private mutating func settle() {
    guard next < offsets.count, offsets[next] == position else { return }
    places[position] = TextPlace(line: line, column: column)
    next += 1
  }

  private mutating func keep(_ byte: UInt8) {
    if tail.count == 2 * FileInspectionLimits.commentBytes {
      tail.removeFirst(FileInspectionLimits.commentBytes)
    }
    tail.append(byte)
  }

  private mutating func endLine() {
    if let comment = AllowingComment(endOfLine: tail) { comments[line] = comment }
    tail.removeAll(keepingCapacity: true)
  }
}
