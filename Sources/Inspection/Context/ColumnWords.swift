internal import Decoding

/// The words over columns: of a table's rows only the first stand near the words of its head.
///
/// A match of a pattern between the same separators as the one before it, not far behind, is of the same column; then the
/// words that counted for that one count for it too.
struct ColumnWords {
  /// Bytes from the end of one cell to the next.
  static let reach = 1024

  private struct Column {
    let words: Set<Int>
    let edges: CellEdges
    let end: Int
  }

  /// By pattern.
  private var columns: [Int: Column] = [:]
  /// Those of patterns that are looked for only where words lead to them.
  private(set) var led: Set<Int> = []

  var isEmpty: Bool { columns.isEmpty }

  var heldBytes: Int { columns.count * (MemoryLayout<Column>.stride + MemoryLayout<Int>.stride * 8) }

  /// - Returns: the words over a match, empty where it is in no column.
  func words(over start: Int, _ edges: CellEdges, of pattern: Int) -> Set<Int> {
    guard let column = columns[pattern], column.edges == edges, start - column.end <= Self.reach else { return [] }
    return column.words
  }

  /// Takes a match that words speak for, near it or over it.
  mutating func add(_ cell: Range<Int>, _ edges: CellEdges, of pattern: Int, _ words: Set<Int>, isLed: Bool) {
    columns[pattern] = Column(words: words, edges: edges, end: cell.upperBound)
    if isLed { led.insert(pattern) }
  }

  /// The end of the places at which the next cell may begin.
  func past(of pattern: Int) -> Int { columns[pattern].map { $0.end + Self.reach + 1 } ?? 0 }

  /// No more cells come of a column.
  mutating func close(_ pattern: Int) {
    columns[pattern] = nil
    led.remove(pattern)
  }
}
