internal import Catalog
package import Evidence
package import Wire

/// What a client is told instead of what it asked for, in its own dialect, so that the agent shows why.
package struct Refusal: Sendable {
  package let status: Int
  package let fields: [HTTPField]
  package let body: [UInt8]
  /// One sentence: what was refused, by which rule, and what to do about it.
  package let sentence: String
  /// The exchange as it stands in the record.
  package let exchange: Exchange
  /// Whether the client is left to believe that it was heard, so that it does not try again.
  package let isQuiet: Bool
}

extension Refusal {
  /// The same answer under another status, said aloud.
  func with(status: Int) -> Refusal {
    Refusal(status: status, fields: fields, body: body, sentence: sentence, exchange: exchange, isQuiet: false)
  }

  /// The answer to a message that policy stopped.
  static func blocked(_ exchange: Exchange, recognition: Recognition) -> Refusal {
    let sentence = exchange.decision.refusalSentence(for: exchange)
    if let quiet = recognition.quiet {
      return Refusal(
        status: quiet.status, fields: quiet.contentType.map { [HTTPField(name: "content-type", value: $0)] } ?? [],
        body: Array(quiet.body.utf8), sentence: sentence, exchange: exchange, isQuiet: true)
    }
    let json = RefusalDialect(recognition.dialect).body(sentence: sentence, rule: exchange.decision.rule)
    return Refusal(
      status: 403, fields: fields(exchange.decision.rule), body: json, sentence: sentence, exchange: exchange,
      isQuiet: false)
  }

  static func fields(_ rule: RuleReference) -> [HTTPField] {
    [
      HTTPField(name: "content-type", value: "application/json"),
      HTTPField(name: "x-sallyport-rule", value: rule.description.headerSafe),
      HTTPField(name: "x-should-retry", value: "false"),
    ]
  }
}

extension Decision {
  /// "Sallyport blocked POST to paste.example (unknown): github-token in the body. Rule … To allow it: …"
  func refusalSentence(for exchange: Exchange) -> String {
    sentence("Sallyport blocked \(exchange.method) to \(exchange.destination.host) (\(exchange.purpose.rawValue))")
  }

  /// "Sallyport ended the answer of model.example: shell-from-stranger in the answer. Rule … To let it through: …"
  func endedSentence(of destination: Destination) -> String {
    sentence("Sallyport ended the answer of \(destination.host)")
  }

  private func sentence(_ head: String) -> String {
    let because = reasons.map(\.clause).filter { !$0.isEmpty }.joined(separator: "; ")
    let why = because.isEmpty ? "" : ": \(because)"
    let remedy = remedy.isEmpty ? "" : " \(remedy)"
    return "\(head)\(why). Rule: \(rule).\(remedy)"
  }
}

extension Decision.Reason {
  /// The statement as a part of another sentence: without its end, and without the capital that it begins with. What
  /// a policy's author wrote keeps its capital, which may be a name's.
  fileprivate var clause: String {
    var text = statement
    while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
    guard subject != "rule", let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
    return first.lowercased() + text.dropFirst()
  }
}

extension String {
  /// Without what may not stand in a field value (RFC 9110 §5.5).
  var headerSafe: String {
    String(unicodeScalars.filter { (0x20...0x7e).contains($0.value) }.map(Character.init))
  }
}
