package import Evidence
internal import Synchronization

/// The exchanges of one run in their order, for its bill and its report.
///
/// Owned by the run; written from every event loop.
package final class ExchangeJournal: Sendable {
  private let state = Mutex(State())

  private struct State {
    var exchanges: [Exchange] = []
  }

  package init() {}

  /// Every exchange, in the order in which they were decided.
  package var exchanges: [Exchange] { state.withLock { $0.exchanges } }

  /// Takes in a new exchange under the next number.
  func enter(_ make: (_ sequence: Int) -> Exchange) -> Exchange {
    state.withLock { state in
      let exchange = make(state.exchanges.count + 1)
      state.exchanges.append(exchange)
      return exchange
    }
  }

  /// Writes over an exchange that was entered before.
  func update(_ exchange: Exchange) {
    state.withLock { $0.exchanges[exchange.sequence - 1] = exchange }
  }
}
