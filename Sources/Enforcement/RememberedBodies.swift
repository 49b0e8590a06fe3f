internal import Decoding
internal import Synchronization

/// The bodies of a run that messages to come may begin like: agents send their whole conversation again with each request.
package final class RememberedBodies: Sendable {
  /// What inspection depends on besides a body's bytes, and what attribution does.
  struct Key: Hashable {
    let destination: String
    let content: ContentDescription
    /// Whether it is what was left after something was taken out.
    var isRedacted = false
  }

  private struct Entry {
    let key: Key
    let body: RememberedBody
  }

  private struct State {
    /// The last used ones at the end.
    var entries: [Entry] = []
    var heldBytes = 0

    mutating func removeAll(where isGone: (Entry) -> Bool) {
      entries.removeAll { entry in
        guard isGone(entry) else { return false }
        heldBytes -= entry.body.heldBytes
        return true
      }
    }

    var isFull: Bool {
      heldBytes > EnforcementLimits.rememberedBytes || entries.count > EnforcementLimits.rememberedBodies
    }
  }

  private let state = Mutex(State())

  package init() {}

  /// Those that were last used first.
  func bodies(for key: Key) -> [RememberedBody] {
    state.withLock { $0.entries.reversed().lazy.filter { $0.key == key }.map(\.body) }
  }

  /// - Parameter earlier: a body that the new one is the continuation of.
  func remember(_ body: RememberedBody, for key: Key, insteadOf earlier: RememberedBody?) {
    guard body.heldBytes <= EnforcementLimits.rememberedBytes else { return }
    // What goes is let go of outside of the lock.
    let before = state.withLock { state in
      let before = state.entries
      // The same body may have come over several connections at once.
      state.removeAll {
        $0.body === earlier || !$0.body.isCurrent || $0.key == key && $0.body.bytes == body.bytes
      }
      state.entries.append(Entry(key: key, body: body))
      state.heldBytes += body.heldBytes
      while state.isFull { state.heldBytes -= state.entries.removeFirst().body.heldBytes }
      return before
    }
    withExtendedLifetime(before) {}
  }

  /// The body has come again.
  func noteUse(of body: RememberedBody) {
    state.withLock { state in
      guard let index = state.entries.firstIndex(where: { $0.body === body }) else { return }
      state.entries.append(state.entries.remove(at: index))
    }
  }
}
