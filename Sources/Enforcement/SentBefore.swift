internal import Evidence
internal import Policy
internal import Synchronization

/// What a run has let go to each host, so that policy can tell one question from a file cut into many, and one page of a
/// file from all of it.
final class SentBefore: Sendable {
  /// To one host.
  struct Amount: Sendable {
    var bytes = 0
    var lines = SentLineCounts()
  }

  private let amounts = Mutex<[String: Amount]>([:])

  func amount(to host: String) -> Amount { amounts.withLock { $0[host] ?? Amount() } }

  /// The number of hosts is bounded by the run's exchanges, each of which the record keeps anyway.
  ///
  /// - Parameter earlier: what an earlier piece of the same exchange counted already.
  func add(_ exchange: Exchange, earlier: Exchange?, by policy: PolicyDocument, at place: Question.Place) {
    let attributed = exchange.attributed.without(earlier?.attributed)
    amounts.withLock { amounts in
      var amount = amounts[exchange.destination.host] ?? Amount()
      amount.bytes += exchange.requestBytes - (earlier?.requestBytes ?? 0)
      amount.lines = policy.adding(attributed, to: amount.lines, at: place)
      amounts[exchange.destination.host] = amount
    }
  }
}

extension Attributed {
  /// As many lines of each file as came new since `earlier`; which ones, nobody asks.
  fileprivate func without(_ earlier: Attributed?) -> Attributed {
    guard let earlier, !earlier.sources.isEmpty else { return self }
    let before = earlier.firstSentLines
    return Attributed(
      sources: firstSentLines.compactMap { path, lines in
        let more = lines - (before[path] ?? 0)
        return more > 0 ? SourceRange(path: path, startLine: 1, endLine: more, bytes: 0, isFirstSent: true) : nil
      })
  }

  private var firstSentLines: [String: Int] {
    sources.reduce(into: [:]) { counts, source in
      if source.isFirstSent { counts[source.path, default: 0] += source.lineCount }
    }
  }
}
