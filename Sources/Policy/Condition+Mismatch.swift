internal import Documents
internal import Evidence
internal import Patterns

extension Condition {
  /// Why it does not hold: "purpose is model, not telemetry or flags".
  func mismatch(with subject: PreparedQuestion) -> String {
    let question = subject.question
    func say(_ thing: String, _ found: String, _ wanted: [String]) -> String {
      "\(thing) is \(DocumentNode.shortened(found)), not \(DocumentReader.list(wanted))"
    }
    switch self {
    case .agent(let patterns): return say("agent", question.agent.id, patterns.map(\.text))
    case .version(let range): return say("version", question.agent.version ?? "not known", [range.text])
    case .destination(let patterns):
      return say("destination", question.destination.description, patterns.map(\.text))
    case .destinationKind(let kinds):
      let found = subject.kinds.map(\.rawValue).sorted()
      return say(
        "destination", found.isEmpty ? "a name" : found.joined(separator: " and "), kinds.map(\.rawValue).sorted())
    case .endpoint(let patterns):
      return say("endpoint", question.endpoint ?? "not in the catalogue", patterns.map(\.text))
    case .vendor(let names):
      let found = question.vendorID.map { question.isOwnVendor ? "\($0) (own)" : "\($0) (not the agent's own)" }
      return say("vendor", found ?? "not known", names)
    case .purpose(let purposes): return say("purpose", question.purpose.rawValue, purposes.map(\.rawValue).sorted())
    case .method(let methods):
      return say("method", question.hasRequestLine ? question.method : "not known", methods.sorted())
    case .path(let patterns) where !question.hasRequestLine:
      return say("path", "not known", patterns.map(\.text))
    case .path(let patterns):
      return subject.target.isPlain
        ? "path does not match \(DocumentReader.list(patterns.map(\.text)))"
        : "path can be read in several ways, so it counts as none of \(DocumentReader.list(patterns.map(\.text)))"
    case .target(let bound): return say("length of the target", "\(question.path.utf8.count) bytes", [bound.text])
    case .fields(let bound): return say("fields", "\(question.fieldBytes) bytes", [bound.text])
    case .sent(let bound): return say("sent to it before", "\(question.sentBytes) bytes", [bound.text])
    case .protocolName(let names):
      return say("protocol", question.protocolName.rawValue, names.map(\.rawValue).sorted())
    case .bytes(let bound): return say("body", "\(question.bytes) bytes", [bound.text])
    case .time: return "time \(question.time) is outside the window"
    case .workspace(let patterns):
      return say("workspace", question.place.workspace ?? "not known", patterns.map(\.text))
    case .host(let patterns): return say("host", question.place.hostname ?? "not known", patterns.map(\.text))
    }
  }
}

extension FindingCondition {
  func mismatch(with finding: Finding) -> String {
    if !classes.isEmpty, !classes.contains(finding.dataClass) {
      return "class is \(finding.dataClass.rawValue), not \(DocumentReader.list(classes.map(\.rawValue).sorted()))"
    }
    if finding.grade.rank < grade.rank { return "grade is \(finding.grade.rawValue), below \(grade.rawValue)" }
    if finding.severity.rank < severity.rank {
      return "severity is \(finding.severity.rawValue), below \(severity.rawValue)"
    }
    if !detectors.isEmpty, !detectors.contains(where: { $0.matches(finding.detector) }) {
      return "detector is \(finding.detector), not \(DocumentReader.list(detectors.map(\.text)))"
    }
    return "it is in \(finding.place), not in \(DocumentReader.list(places.map(\.text)))"
  }
}
