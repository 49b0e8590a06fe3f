package import Evidence

extension Exchange {
  /// With what happened on the wire while the chamber had a copy of `earlier` for its next piece.
  package func carrying(on earlier: Exchange?) -> Exchange {
    guard let earlier else { return self }
    var exchange = self
    exchange.forwardedBytes = earlier.forwardedBytes
    exchange.responseBytes = earlier.responseBytes
    exchange.restored = earlier.restored
    exchange.findings += earlier.findings.filter { $0.place == .answer }
    exchange.answerDecision = earlier.answerDecision
    exchange.address = earlier.address
    exchange.status = earlier.status
    return exchange
  }
}
