package import Evidence
internal import Synchronization

/// The exchanges of one run in their order, for its bill, its report, and whoever watches it.
///
/// Owned by the run; written from every event loop.
package final class ExchangeJournal: Sendable {
  private let state = Mutex(State())

  private struct State {
    var exchanges: [Exchange] = []
    var observer: Observer?
  }

  /// Told the number of an exchange that was entered or written over; asks for its content where that is wanted.
  ///
  /// Called on event loops, so it must not wait; not under the journal's lock. Of changes to one exchange that come at
  /// the same time, the calls may come in another order: what is read back is then the newest for both.
  package typealias Observer = @Sendable (_ sequence: Int) -> Void

  package init() {}

  /// Every exchange, in the order in which they were decided.
  package var exchanges: [Exchange] { state.withLock { $0.exchanges } }

  package var count: Int { state.withLock { $0.exchanges.count } }

  /// The exchange with this number as it stands now; `nil` where there is none.
  package func exchange(_ sequence: Int) -> Exchange? {
    state.withLock { state in
      state.exchanges.indices.contains(sequence - 1) ? state.exchanges[sequence - 1] : nil
    }
  }

  /// Puts an observer in the place of the one before; `nil` for none, which costs nothing.
  ///
  /// - Returns: how many exchanges were entered before the observer could be told.
  @discardableResult
  package func observe(_ observer: Observer?) -> Int {
    state.withLock { state in
      state.observer = observer
      return state.exchanges.count
    }
  }

  /// Takes in a new exchange under the next number.
  func enter(_ make: (_ sequence: Int) -> Exchange) -> Exchange {
    let (exchange, observer) = state.withLock { state in
      let exchange = make(state.exchanges.count + 1)
      state.exchanges.append(exchange)
      return (exchange, state.observer)
    }
    observer?(exchange.sequence)
    return exchange
  }

  /// Writes over an exchange that was entered before.
  func update(_ exchange: Exchange) {
    let observer = state.withLock { state in
      state.exchanges[exchange.sequence - 1] = exchange
      return state.observer
    }
    observer?(exchange.sequence)
  }
}
