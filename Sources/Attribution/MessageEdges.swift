/// The edges of the last few messages to each destination, by the encodings that were taken off.
struct MessageEdges {
  struct Key: Hashable {
    let destination: String
    let layers: [String]
  }

  private var edges: [Key: [MessageEdge]] = [:]

  /// Streams to one destination that take turns.
  private static let kept = 3
  /// Destinations and encodings: 2 MB in all.
  private static let mostKeys = 256

  subscript(key: Key) -> [MessageEdge] { edges[key] ?? [] }

  mutating func add(_ edge: MessageEdge, _ key: Key) {
    if edges.count >= Self.mostKeys, edges[key] == nil { edges.removeAll() }
    edges[key, default: []].insert(edge, at: 0)
    if edges[key, default: []].count > Self.kept { edges[key]?.removeLast() }
  }
}
