internal import Confinement
internal import Evidence

/// A connection that something inside asked for, or a datagram that it addressed.
struct ConnectionAttempt: Hashable {
  let destination: Destination
  let transport: Transport
  let program: String

  /// - Parameter name: the name that an address was given inside; without one the destination is the address.
  /// - Returns: `nil` for the agent's own loopback, and for questions to our resolver, which are counted as names.
  init?(_ address: InternetAddress, over transport: Transport, by program: String, name: ([UInt8]) -> String?) {
    guard !address.isLoopback, address.port != ConfinementLimits.resolverPort else { return nil }
    destination = Destination(host: name(address.bytes) ?? address.host, port: address.port)
    self.transport = transport
    self.program = program
  }
}

/// How often each was made.
struct ConnectionAttempts: Sendable {
  private var counts: [ConnectionAttempt: Int] = [:]

  /// - Returns: `false` where there are too many different ones to remember another.
  mutating func insert(_ attempt: ConnectionAttempt, limit: Int) -> Bool {
    guard counts[attempt] != nil || counts.count < limit else { return false }
    counts[attempt, default: 0] += 1
    return true
  }

  /// Those whose destination had no exchange, the most frequent first: what was tried, and where nothing was said.
  func silent(beside exchanges: [Exchange]) -> [(attempt: ConnectionAttempt, count: Int)] {
    var spoken = Set(exchanges.map(\.destination))
    for exchange in exchanges {
      if let address = exchange.address { spoken.insert(Destination(host: address, port: exchange.destination.port)) }
    }
    return counts.filter { !spoken.contains($0.key.destination) }.map { ($0.key, $0.value) }.sorted { left, right in
      // A datagram socket is often connected only to learn the way to an address (RFC 6724), so these come last.
      let (leftKind, rightKind) = (left.0.transport.rawValue, right.0.transport.rawValue)
      if leftKind != rightKind { return leftKind < rightKind }
      if left.1 != right.1 { return left.1 > right.1 }
      let (first, second) = (left.0.destination, right.0.destination)
      return (first.host, first.port, left.0.program) < (second.host, second.port, right.0.program)
    }
  }
}
