internal import Synchronization

/// Which lines went to which destination in a run, and with which message they went first.
package final class SentLines: Sendable {
  private let state = Mutex(State())

  private struct State {
    var messages: UInt32 = 0
    var destinations: [String: LineMarks] = [:]
    var edges = MessageEdges()
    var compared: [MessageEdges.Key: [ComparedText]] = [:]
  }

  package init() {}

  /// A number for a message that begins.
  func beginMessage() -> UInt32 {
    state.withLock { state in
      // Four billion messages are more than a run has.
      state.messages &+= 1
      return state.messages
    }
  }

  /// For each line whether it went to the destination before, with another message.
  func repeats(_ lines: [UInt32], to destination: String, in message: UInt32) -> [Bool] {
    state.withLock { state in
      guard let marks = state.destinations[destination] else { return [Bool](repeating: false, count: lines.count) }
      return lines.map {
        let first = marks[$0]
        return first != 0 && first != message
      }
    }
  }

  func firstMessage(_ line: UInt32, to destination: String) -> UInt32 {
    state.withLock { $0.destinations[destination]?[line] ?? 0 }
  }

  /// Marks the lines that have not gone before.
  ///
  /// - Returns: for each, whether it went with another message.
  func mark(_ lines: [UInt32], to destination: String, by message: UInt32) -> [Bool] {
    state.withLock { state in
      var marks = state.destinations.removeValue(forKey: destination) ?? LineMarks()
      defer { state.destinations[destination] = marks }
      return lines.map { marks.mark($0, message) != message }
    }
  }

  /// The edges of the last messages, the last first.
  func edges(_ layers: [String], to destination: String) -> [MessageEdge] {
    state.withLock { $0.edges[MessageEdges.Key(destination: destination, layers: layers)] }
  }

  /// The last texts that were let go, the last first.
  func compared(_ layers: [String], to destination: String) -> [ComparedText] {
    state.withLock { $0.compared[MessageEdges.Key(destination: destination, layers: layers)] ?? [] }
  }

  func add(_ text: ComparedText, _ layers: [String], to destination: String) {
    state.withLock { state in
      let key = MessageEdges.Key(destination: destination, layers: layers)
      if state.compared.count >= Self.mostCompared, state.compared[key] == nil { state.compared.removeAll() }
      state.compared[key, default: []].insert(text, at: 0)
      if state.compared[key, default: []].count > Self.comparedKept { state.compared[key]?.removeLast() }
    }
  }

  /// Conversations with one destination that take turns.
  private static let comparedKept = 3
  /// Destinations and encodings of which texts are kept: each of at most ``AttributionLimits/segmentBytes``.
  private static let mostCompared = 8

  func add(_ edge: MessageEdge, _ layers: [String], to destination: String) {
    state.withLock { $0.edges.add(edge, MessageEdges.Key(destination: destination, layers: layers)) }
  }
}
