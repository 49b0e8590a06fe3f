package import Evidence
internal import Synchronization

/// The exchanges of one run in their order, for its bill, its report, and whoever watches it.
///
/// Owned by the run; written from every event loop.
package final class ExchangeJournal: Sendable {
  private let state = Mutex(State())
  private let archive: (any ExchangeArchive)?

  private struct State {
    /// The newest exchanges, those after the archived ones.
    var exchanges: [Exchange] = []
    /// How many are in the archive: the numbers up to this one.
    var archived = 0
    var observer: Observer?

    var count: Int { archived + exchanges.count }
  }

  /// Told the number of an exchange that was entered or written over; asks for its content where that is wanted.
  ///
  /// Called on event loops, so it must not wait; not under the journal's lock. Of changes to one exchange that come at
  /// the same time, the calls may come in another order: what is read back is then the newest for both.
  package typealias Observer = @Sendable (_ sequence: Int) -> Void

  /// - Parameter archive: takes the oldest; without it all stay in memory.
  package init(archive: (any ExchangeArchive)? = nil) { self.archive = archive }

  /// Every exchange, in the order in which they were decided.
  package var exchanges: [Exchange] {
    state.withLock { state in (archive?.exchanges ?? []) + state.exchanges }
  }

  package var count: Int { state.withLock { $0.count } }

  /// The exchange with this number as it stands now; `nil` where there is none.
  package func exchange(_ sequence: Int) -> Exchange? {
    let (isArchived, found) = state.withLock { state -> (Bool, Exchange?) in
      guard sequence > state.archived else { return (true, nil) }
      let index = sequence - state.archived - 1
      return (false, state.exchanges.indices.contains(index) ? state.exchanges[index] : nil)
    }
    return isArchived ? archive?.exchange(sequence) : found
  }

  /// Puts an observer in the place of the one before; `nil` for none, which costs nothing.
  ///
  /// - Returns: how many exchanges were entered before the observer could be told.
  @discardableResult
  package func observe(_ observer: Observer?) -> Int {
    state.withLock { state in
      state.observer = observer
      return state.count
    }
  }

  /// Takes in a new exchange under the next number.
  func enter(_ make: (_ sequence: Int) -> Exchange) -> Exchange {
    let (exchange, observer) = state.withLock { state in
      let exchange = make(state.count + 1)
      state.exchanges.append(exchange)
      moveOldest(&state)
      return (exchange, state.observer)
    }
    observer?(exchange.sequence)
    return exchange
  }

  /// Writes over an exchange that was entered before.
  func update(_ exchange: Exchange) {
    let observer = state.withLock { state in
      if exchange.sequence > state.archived {
        state.exchanges[exchange.sequence - state.archived - 1] = exchange
      } else {
        archive?.replace(exchange)
      }
      return state.observer
    }
    observer?(exchange.sequence)
  }

  /// In batches: what is kept moves up each time.
  private func moveOldest(_ state: inout State) {
    guard let archive, state.exchanges.count >= 2 * EnforcementLimits.exchangesInMemory else { return }
    let oldest = state.exchanges.prefix(EnforcementLimits.exchangesInMemory)
    archive.append(Array(oldest))
    state.exchanges.removeFirst(oldest.count)
    state.archived += oldest.count
  }
}
