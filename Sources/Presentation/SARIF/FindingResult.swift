internal import Evidence

/// One finding as a result of a SARIF log (§3.27).
struct FindingResult {
  private let run: RunID
  private let exchange: Exchange
  private let finding: Finding
  private let rule: Int

  /// - Parameter rule: its place among the driver's rules.
  init(_ run: RunID, _ exchange: Exchange, _ finding: Finding, rule: Int) {
    (self.run, self.exchange, self.finding, self.rule) = (run, exchange, finding, rule)
  }

  /// Ranges of files told as related; a conversation may carry hundreds.
  private static let mostRelated = 20

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "ruleId": .string(finding.detector), "ruleIndex": .integer(rule), "kind": "fail",
      "level": .string(finding.grade.level), "message": ["text": SARIFText(sentence).json],
      "locations": [["logicalLocations": [logicalLocation]]], "properties": properties,
    ]
    members["partialFingerprints"] = finding.fingerprint.map { ["sallyportFinding/v1": .string($0)] }
    let related = isInAnswer ? [] : exchange.attributed.sources.prefix(Self.mostRelated)
    if !related.isEmpty {
      members["relatedLocations"] = .array(related.enumerated().map { Self.location($0.element, id: $0.offset + 1) })
    }
    return .object(members)
  }

  private var sentence: String {
    let layers = finding.layers.isEmpty ? "" : ", under " + finding.layers.joined(separator: ", then ")
    let place = isInAnswer ? "the answer of" : "the \(finding.place) of a message to"
    return "\(finding.detector) (\(finding.dataClass.rawValue)) in \(place) "
      + "\(exchange.destination.shortText) (\(exchange.purpose.rawValue))\(layers): \(action.outcome)."
  }

  private var isInAnswer: Bool { finding.place == .answer }

  /// Of an answer that no rule speaks about it is told.
  private var action: Action {
    isInAnswer ? exchange.answerDecision?.action ?? .report : exchange.decision.action
  }

  /// The message that it was in has no place in any file.
  private var logicalLocation: JSONValue {
    [
      "name": .string(finding.place.description), "kind": "exchange",
      "fullyQualifiedName": .string("\(run.text)/exchanges/\(exchange.sequence)/\(finding.place)"),
    ]
  }

  private var properties: JSONValue {
    let rule = isInAnswer ? exchange.answerDecision?.rule ?? exchange.decision.rule : exchange.decision.rule
    var members: [String: JSONValue] = [
      "decision": .string(action.rawValue),
      "rule": ["name": .string(rule.name), "file": .string(rule.file), "line": .integer(rule.line)],
      "exchange": .integer(exchange.sequence), "time": .string(exchange.started.description),
      "host": .string(exchange.destination.host), "port": .integer(Int(exchange.destination.port)),
      "purpose": .string(exchange.purpose.rawValue), "class": .string(finding.dataClass.rawValue),
      "grade": .string(finding.grade.rawValue), "severity": .string(finding.severity.rawValue),
      "layers": .array(finding.layers.map { .string($0) }),
      "span": [.integer(finding.span.start), .integer(finding.span.end)],
    ]
    members["ledgerIndex"] = exchange.ledgerIndex.map { .integer($0) }
    return .object(members)
  }

  /// Without columns: the report counts them in bytes, and SARIF in characters (§3.14.17).
  private static func location(_ source: SourceRange, id: Int) -> JSONValue {
    let file = FileURI(path: source.path)
    var place: [String: JSONValue] = ["uri": .string(file.text)]
    if file.isRelative { place["uriBaseId"] = .string(FileURI.workspaceName) }
    return [
      "id": .integer(id), "message": ["text": "Lines that were in the same message."],
      "physicalLocation": [
        "artifactLocation": .object(place),
        "region": ["startLine": .integer(source.startLine), "endLine": .integer(source.endLine)],
      ],
    ]
  }
}
