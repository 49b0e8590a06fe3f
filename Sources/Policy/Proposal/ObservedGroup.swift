internal import Evidence
internal import Patterns

/// Exchanges that one rule is proposed for.
struct ObservedGroup {
  let key: Key
  private(set) var exchanges: [Exchange] = []
  /// Distinct, in the order in which they were seen; `nil` among them stands for one that no pattern can name.
  private(set) var paths: [String?] = []

  /// What all of them have in common.
  struct Key: Hashable {
    let agent: String
    let destination: Destination
    let endpoint: String?
    let purpose: Purpose
    let method: String
    let speech: Speech

    init(_ exchange: Exchange) {
      agent = exchange.agent.id
      destination = exchange.destination
      endpoint = exchange.endpoint
      purpose = exchange.purpose
      method = exchange.method
      speech = Speech(exchange.protocolName)
    }
  }

  /// Protocols between which a client chooses freely are one.
  enum Speech: Hashable {
    case http
    case other(Exchange.ProtocolName)

    init(_ name: Exchange.ProtocolName) {
      switch name {
      case .http1, .http2: self = .http
      case .webSocket, .bytes, .dns, .uninspected: self = .other(name)
      }
    }
  }

  /// Whether an address without a name is one that the policy grants.
  private let isGranted: Bool

  init(_ key: Key, granted: [DestinationPattern]) {
    self.key = key
    isGranted = granted.contains { $0.matches(key.destination) }
  }

  /// Whether a rule can say what it is.
  var isNameable: Bool { ProposedRule(self, name: "", comments: []) != nil }

  mutating func add(_ exchange: Exchange) {
    exchanges.append(exchange)
    let path = PathShape.pattern(of: exchange.path)
    if !paths.contains(path) { paths.append(path) }
  }

  /// Why no rule is proposed for it, though it was seen; `nil` where one is.
  var doubt: Doubt? {
    switch key.purpose {
    case .telemetry, .flags, .update: return .nonessential
    case .model, .auth, .registry, .config, .web, .unknown: break
    }
    if exchanges.allSatisfy({ $0.forwardedBytes == 0 && $0.responseBytes == 0 && $0.address == nil }) {
      return .unreached
    }
    if let endpoint = key.endpoint, Self.evasions.contains(where: { endpoint.hasPrefix($0) }) { return .evasion }
    if case .other(.bytes) = key.speech { return .evasion }
    if !isGranted, AddressLiteral.looksLikeAddress(key.destination.host) { return .evasion }
    return nil
  }

  enum Doubt {
    /// Telemetry, flags and updates.
    case nonessential
    /// What every posture refuses before it looks at purposes.
    case evasion
    /// No connection came about, so that the run came to its end without.
    case unreached
  }

  /// Beginnings of endpoints that take whatever is left there, or hide what is asked.
  static let evasions = ["paste/", "webhook/", "dns-over-https/"]
}
