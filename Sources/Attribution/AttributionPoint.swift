internal import Synchronization

/// What has been gathered of a message so far, for others that begin with the same bytes. Any thread may go on from it.
package final class AttributionPoint: Sendable {
  let index: SourceIndex
  let sent: SentLines
  let destination: String
  let state: AttributionState
  let texts: [RestingText]
  /// What was found in the texts of the last message that went on from here, by their views.
  private let matches = Mutex<[Int: KnownMatch]>([:])

  init(_ state: AttributionState, _ texts: [RestingText], _ index: SourceIndex, to destination: String, sent: SentLines)
  {
    self.index = index
    self.sent = sent
    self.destination = destination
    self.state = state
    self.texts = texts
  }

  /// Whether a message that begins with the same bytes would still find the same in them: the files that long text was
  /// compared with are as they were.
  package var isCurrent: Bool { state.isCurrent(in: index) }

  /// What it takes in memory besides what it shares with an earlier one.
  package func heldBytes(besides earlier: AttributionPoint?) -> Int {
    texts.reduce(state.claims.count * MemoryLayout<SourceClaim>.stride) { held, text in
      held + text.heldBytes(besides: earlier?.texts.first { $0.id == text.id })
    }
  }

  func note(_ found: [Int: KnownMatch]) { matches.withLock { $0 = found } }

  var known: [Int: KnownMatch] { matches.withLock { $0 } }
}
