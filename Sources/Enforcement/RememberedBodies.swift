internal import Decoding
internal import Synchronization

/// The bodies of a run that messages to come may begin like: agents send their whole conversation again with each request.
package final class RememberedBodies: Sendable {
  /// What inspection depends on besides a body's bytes, and what attribution does.
  struct Key: Hashable {
    let destination: String
    let content: ContentDescription
  }

  private struct Entry {
    let key: Key
    let body: RememberedBody
  }

  /// The last used ones at the end.
  private let entries = Mutex<[Entry]>([])

  package init() {}

  /// Those that were last used first.
  func bodies(for key: Key) -> [RememberedBody] {
    entries.withLock { $0.reversed().lazy.filter { $0.key == key }.map(\.body) }
  }

  /// - Parameter earlier: a body that the new one is the continuation of.
  func remember(_ body: RememberedBody, for key: Key, insteadOf earlier: RememberedBody?) {
    guard body.heldBytes <= EnforcementLimits.rememberedBytes else { return }
    // What goes is let go of outside of the lock.
    let before = entries.withLock { entries in
      let before = entries
      entries.removeAll { entry in entry.body === earlier || !entry.body.points.contains(where: \.isCurrent) }
      entries.append(Entry(key: key, body: body))
      var held = entries.reduce(0) { $0 + $1.body.heldBytes }
      var gone = 0
      while held > EnforcementLimits.rememberedBytes || entries.count - gone > EnforcementLimits.rememberedBodies {
        held -= entries[gone].body.heldBytes
        gone += 1
      }
      entries.removeFirst(gone)
      return before
    }
    withExtendedLifetime(before) {}
  }

  /// The body has come again.
  func noteUse(of body: RememberedBody) {
    entries.withLock { entries in
      guard let index = entries.firstIndex(where: { $0.body === body }) else { return }
      entries.append(entries.remove(at: index))
    }
  }
}
