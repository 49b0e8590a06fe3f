internal import Synchronization

/// What has been gathered of a message so far, for others that begin with the same bytes. Any thread may go on from it.
package final class AttributionPoint: @unchecked Sendable {
  // Sendable since nothing of the attributor changes once this is made: it is only copied.
  let attributor: MessageAttributor
  /// What was found in the texts of the last message that went on from here, by their views.
  private let matches = Mutex<[Int: KnownMatch]>([:])

  init(_ attributor: MessageAttributor) { self.attributor = attributor }

  /// Whether a message that begins with the same bytes would still find the same in them: the files that long text was
  /// compared with are as they were.
  package var isCurrent: Bool { attributor.isCurrent }

  /// What it takes in memory.
  package var heldBytes: Int { attributor.heldBytes }

  func note(_ found: [Int: KnownMatch]) { matches.withLock { $0 = found } }

  var known: [Int: KnownMatch] { matches.withLock { $0 } }
}
