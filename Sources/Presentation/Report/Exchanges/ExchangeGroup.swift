internal import Evidence

/// The exchanges with one destination for one purpose.
struct ExchangeGroup {
  let key: Key
  var exchanges: [Exchange] = []

  struct Key: Hashable, Comparable {
    let purpose: Purpose
    let destination: Destination

    static func < (left: Key, right: Key) -> Bool {
      (left.purpose.readingPosition, left.destination.host, left.destination.port)
        < (right.purpose.readingPosition, right.destination.host, right.destination.port)
    }
  }

  /// In reading order.
  static func groups(of exchanges: [Exchange]) -> [ExchangeGroup] {
    var groups: [Key: ExchangeGroup] = [:]
    for exchange in exchanges {
      let key = Key(purpose: exchange.purpose, destination: exchange.destination)
      groups[key, default: ExchangeGroup(key: key)].exchanges.append(exchange)
    }
    return groups.values.sorted { $0.key < $1.key }
  }

  var forwardedBytes: Int { exchanges.saturatingSum(\.forwardedBytes) }
  var responseBytes: Int { exchanges.saturatingSum(\.responseBytes) }
  var findings: Int { exchanges.saturatingSum(\.findings.count) }
  var stopped: Int { exchanges.count { $0.isStopped } }

  /// The first of what a reader asks for first, in their own order.
  func chosen(_ count: Int) -> [Exchange] {
    guard exchanges.count > count else { return exchanges }
    let ranked = exchanges.enumerated().sorted { left, right in
      (left.element.rank, left.offset) < (right.element.rank, right.offset)
    }
    return ranked.prefix(count).sorted { $0.offset < $1.offset }.map(\.element)
  }
}

extension Exchange {
  /// What was found or changed, then what was stopped or not seen, then what brought something new.
  fileprivate var rank: Int {
    if !findings.isEmpty || decision.action == .ask || decision.action == .redact { return 0 }
    if isStopped || isUninspected { return 1 }
    return attributed.sources.contains(where: \.isFirstSent) ? 2 : 3
  }
}
