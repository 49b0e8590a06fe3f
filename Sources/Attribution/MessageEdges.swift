/// The edges of the last few messages to each destination, by the encodings that were taken off.
struct MessageEdges {
  struct Key: Hashable {
    let destination: String
    let layers: [String]
  }

  /// Where each key's are among ``edges``.
  private var numbers: [Key: Int] = [:]
  /// The last ones first.
  private var edges: [[MessageEdge]] = []

  /// Streams to one destination that take turns.
  private static let kept = 3
  /// Destinations and encodings: 2 MB in all.
  private static let mostKeys = 256

  subscript(key: Key) -> [MessageEdge] { numbers[key].map { edges[$0] } ?? [] }

  mutating func add(_ edge: MessageEdge, _ key: Key) {
    guard let number = numbers[key] else { return addFirst(edge, key) }
    if edges[number].count == Self.kept { edges[number].removeLast() }
    edges[number].insert(edge, at: 0)
  }

  private mutating func addFirst(_ edge: MessageEdge, _ key: Key) {
    if edges.count >= Self.mostKeys {
      numbers.removeAll()
      edges.removeAll()
    }
    numbers[key] = edges.count
    edges.append([edge])
  }
}
