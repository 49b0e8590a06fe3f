/// The part of a long token that is decoded at once: its characters, and where each line of it stands.
struct TokenPiece: ~Copyable {
  /// Characters kept from the piece before, so that what straddles the boundary is whole.
  static let carried = 64
  static let capacity = DecodingLimits.pieceCharacters + carried

  let characters = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  private(set) var count = 0
  /// The token's index of `characters[0]`.
  private(set) var start = 0
  /// Lines of the token: from the character `index` on, characters stand at `offset` and after.
  private(set) var lines: [Line] = []

  struct Line {
    let index: Int
    let offset: Int
  }

  init() { lines.reserveCapacity(Self.ordinaryLines) }

  /// Lines of a token in a piece, for the most part.
  private static let ordinaryLines = 8

  init(copying other: borrowing TokenPiece) {
    characters.update(from: other.characters, count: other.count)
    count = other.count
    start = other.start
    lines = other.lines
  }

  deinit { characters.deallocate() }

  /// What it takes in memory.
  var heldBytes: Int { Self.capacity + lines.count * MemoryLayout<Line>.stride }

  /// The token's index after the last character.
  var end: Int { start + count }
  var room: Int { Self.capacity - count }
  /// The lowest offset in the view that a character here came from.
  var firstOffset: Int { lines.first.map { $0.offset + max(0, start - $0.index) } ?? 0 }

  subscript(index: Int) -> UInt8 { characters[index - start] }

  /// The characters from the token's index on, to be read at once.
  func text(from index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: characters + (index - start), count: end - index)
  }

  mutating func begin(at offset: Int) {
    count = 0
    start = 0
    lines.removeAll(keepingCapacity: true)
    lines.append(Line(index: 0, offset: offset))
  }

  mutating func beginLine(at offset: Int) { lines.append(Line(index: end, offset: offset)) }

  mutating func append(_ source: UnsafePointer<UInt8>, _ length: Int) {
    (characters + count).update(from: source, count: length)
    count += length
  }

  /// Keeps the last characters only.
  mutating func advance() {
    let dropped = max(0, count - Self.carried)
    guard dropped > 0 else { return }
    characters.update(from: characters + dropped, count: count - dropped)
    count -= dropped
    start += dropped
    let first = lines.lastIndex { $0.index <= start } ?? 0
    if first > 0 { lines.removeFirst(first) }
  }

  /// The line that the character is in, and where the next line begins.
  func line(of index: Int) -> (line: Line, next: Int) {
    if lines.count == 1 { return (lines[0], .max) }
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].index <= index { low = middle + 1 } else { high = middle }
    }
    return (lines[max(0, low - 1)], low < lines.count ? lines[low].index : .max)
  }

  /// Where the character stands, or would stand if its line went on.
  func offset(of index: Int) -> Int {
    let line = line(of: index).line
    return line.offset + index - line.index
  }
}
