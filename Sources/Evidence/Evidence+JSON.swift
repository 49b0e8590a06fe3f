extension Agent: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = ["id": .string(id)]
    members["version"] = version.map { .string($0) }
    members["versionSource"] = versionSource.map { .string($0.rawValue) }
    return .object(members)
  }
}

extension Destination: JSONRepresentable {
  package var json: JSONValue { ["host": .string(host), "port": .integer(Int(port))] }
}

extension Span: JSONRepresentable {
  package var json: JSONValue { [.integer(start), .integer(end)] }
}

extension RuleReference: JSONRepresentable {
  package var json: JSONValue { ["name": .string(name), "file": .string(file), "line": .integer(line)] }
}

extension Decision: JSONRepresentable {
  package var json: JSONValue {
    [
      "action": .string(action.rawValue), "rule": rule.json,
      "reasons": .array(reasons.map { ["subject": .string($0.subject), "statement": .string($0.statement)] }),
      "remedy": .string(remedy),
    ]
  }
}

extension Finding.Place: CustomStringConvertible {
  /// `body`, `header:authorization`, `trailer:x`, `request-target`, `domain-name`, `answer`.
  package var description: String {
    switch self {
    case .requestTarget: "request-target"
    case .header(let name): "header:\(name)"
    case .body: "body"
    case .trailer(let name): "trailer:\(name)"
    case .domainName: "domain-name"
    case .answer: "answer"
    }
  }
}

extension Finding: JSONRepresentable {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "detector": .string(detector), "class": .string(dataClass.rawValue), "grade": .string(grade.rawValue),
      "place": .string(place.description), "span": span.json, "layers": .array(layers.map { .string($0) }),
    ]
    members["fingerprint"] = fingerprint.map { .string($0) }
    members["table"] = ownRow.map { .string($0.table) }
    members["allowedBy"] = allowedBy?.json
    if severity != dataClass.severity { members["severity"] = .string(severity.rawValue) }
    return .object(members)
  }
}

extension Exchange: JSONRepresentable {
  /// The form of `exchanges[]` in `report.json`.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "sequence": .integer(sequence), "time": .string(started.description), "agent": agent.json,
      "host": .string(destination.host), "port": .integer(Int(destination.port)),
      "protocol": .string(protocolName.rawValue), "method": .string(method), "path": .string(path),
      "purpose": .string(purpose.rawValue), "decision": .string(decision.action.rawValue),
      "rule": decision.rule.json, "reasons": decision.json["reasons"] ?? [],
      "remedy": .string(decision.remedy), "findings": .array(findings.map(\.json)),
      "requestBytes": .integer(requestBytes), "inspectedBytes": .integer(inspectedBytes),
      "requestBodyBytes": .integer(requestBodyBytes), "forwardedBytes": .integer(forwardedBytes),
      "responseBytes": .integer(responseBytes),
    ]
    members.merge(attributed.members) { own, _ in own }
    members["program"] = program.map { .string($0) }
    members["address"] = address.map { .string($0) }
    members["endpoint"] = endpoint.map { .string($0) }
    members["status"] = status.map { .integer($0) }
    if restored > 0 { members["restored"] = .integer(restored) }
    members["answerDecision"] = answerDecision?.json
    members["ledgerIndex"] = ledgerIndex.map { .integer($0) }
    return .object(members)
  }
}
