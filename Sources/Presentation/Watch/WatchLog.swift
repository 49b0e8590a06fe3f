package import Evidence

/// A run under way as lines, one for each thing that happens, for whatever is no terminal.
package struct WatchLog: Sendable {
  /// Of each exchange, the facts that were told last: what changes nothing that a reader sees is no news.
  private var told: [Int: Int] = [:]

  package init() {}

  /// - Parameter state: after the message was folded into it.
  /// - Returns: `nil` where there is nothing new to say.
  package mutating func line(_ message: WatchMessage, _ state: WatchState, at now: Timestamp) -> Line? {
    switch message {
    case .run(let card, _):
      let agent = [card.agent.id, card.agent.version].compactMap(\.self).joined(separator: " ")
      return Self.line(
        card.started, "run", "\(card.run) \(agent) in \(card.workspace), policy \(card.policyFile)")
    case .exchange(let exchange): return line(exchange)
    case .question(let question):
      let exchange = question.exchange
      return Self.line(
        now, "question",
        "\(question.id): may \(exchange.requestBytes) bytes go to \(exchange.destination) (\(exchange.purpose.rawValue))?"
          + " \(question.secondsLeft) s; rule \(exchange.decision.rule)")
    case .answered(let id, let word, let place):
      return Self.line(now, "answered", "\(id): \(word)\(place.map { " (\($0))" } ?? "")")
    case .ended(let end): return Self.line(now, "ended", WatchFarewell(state, end).sentence)
    case .refused(let sentence): return Self.line(now, "refused", sentence)
    case .current, .skipped, .other: return nil
    }
  }

  private mutating func line(_ exchange: Exchange) -> Line? {
    let action = exchange.decision.action
    let isOut = action == .block || exchange.forwardedBytes > 0
    var facts = [
      "\(exchange.purpose.rawValue) \(exchange.method) \(exchange.place)", action.deed,
      isOut ? "\(exchange.forwardedBytes) bytes out, \(exchange.responseBytes) in" : "\(exchange.requestBytes) bytes",
    ]
    if !exchange.findings.isEmpty { facts.append("found \(exchange.detectors)") }
    if let ended = exchange.answerDecision, ended.action == .block { facts.append("answer ended by \(ended.rule)") }
    if !exchange.linesLeft.isEmpty { facts.append(exchange.linesLeft) }
    if action != .allow { facts.append("rule \(exchange.decision.rule)") }
    let text = facts.joined(separator: "; ")
    guard told[exchange.sequence] != text.hashValue else { return nil }
    told[exchange.sequence] = text.hashValue
    return Self.line(exchange.started, "#\(exchange.sequence)", text)
  }

  private static func line(_ time: Timestamp, _ what: String, _ text: String) -> Line {
    Line(Piece("\(time) \(what) \(text)"))
  }
}
