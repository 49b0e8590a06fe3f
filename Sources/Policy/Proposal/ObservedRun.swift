package import Evidence

/// What a run in which nothing was blocked has shown, for a ``PolicyProposal``.
package struct ObservedRun: Sendable {
  package var exchanges: [Exchange]
  package var agent: Agent
  /// The policy that was in force, and only told of.
  package var policy: PolicyDocument
  /// The text of its file; `nil` for a built-in posture.
  package var policyText: String?
  package var place: Question.Place
  /// Whether the exchange went to a vendor whose models its agent is made for, as the catalogue says.
  package var isOwnVendor: @Sendable (Exchange) -> Bool

  package init(
    exchanges: [Exchange], agent: Agent, policy: PolicyDocument, policyText: String? = nil,
    place: Question.Place = Question.Place(), isOwnVendor: @escaping @Sendable (Exchange) -> Bool = { _ in false }
  ) {
    self.exchanges = exchanges
    self.agent = agent
    self.policy = policy
    self.policyText = policyText
    self.place = place
    self.isOwnVendor = isOwnVendor
  }

  /// Those that policy has a word in: what breaks its protocol is refused by no policy, names are answered inside, and
  /// what is left uninspected has its own list in the file.
  var ruled: [Exchange] {
    exchanges.filter { exchange in
      exchange.protocolName != .dns && exchange.protocolName != .uninspected
        && exchange.decision.rule.file != Self.protocolRules
    }
  }

  /// Where rules of protocols stand that no policy changes.
  private static let protocolRules = "built-in:protocol"

  /// What a policy says of each exchange, in their order.
  func verdicts(by policy: PolicyDocument) -> [Verdicts] {
    var sentBytes: [String: Int] = [:]
    var sentLines: [String: SentLineCounts] = [:]
    return ruled.map { exchange in
      let host = exchange.destination.host
      let question = Question(
        exchange, isOwnVendor: isOwnVendor(exchange), place: place, sentBytes: sentBytes[host] ?? 0,
        sentLines: sentLines[host] ?? SentLineCounts())
      sentBytes[host, default: 0] = (sentBytes[host] ?? 0).addingClamped(exchange.requestBytes)
      sentLines[host] = policy.adding(exchange.attributed, to: sentLines[host] ?? SentLineCounts(), at: place)
      return policy.verdicts(on: question)
    }
  }
}
