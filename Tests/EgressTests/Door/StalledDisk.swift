internal import Glibc
internal import Synchronization

@testable internal import Ledger

/// The disk beneath a test's ledger: sound, full, or one on which a write hangs until it is let go.
final class StalledDisk: Sendable {
  private let state = Mutex(State.sound)

  enum State: Sendable {
    case sound
    case full
    case stalled
  }

  func become(_ new: State) { state.withLock { $0 = new } }

  /// Runs on the thread that writes; with ``Durability/disk`` that is the ledger's own, the only one that a stall holds up.
  func probe(_ step: StorageStep) -> Int32? {
    guard case .write(let name, _) = step, name.hasPrefix("journal/") else { return nil }
    while true {
      switch state.withLock({ $0 }) {
      case .sound: return nil
      case .full: return ENOSPC
      case .stalled: sched_yield()
      }
    }
  }
}
