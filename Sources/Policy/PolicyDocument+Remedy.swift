internal import Evidence
internal import Patterns

extension PolicyDocument {
  /// One sentence with the exact lines that would let the message go on as it was sent.
  func remedy(for verdicts: Verdicts, question: Question) -> String {
    if question.answer == .no {
      return "Ask again and say yes, or put a rule into \(ownFile) that answers without asking."
    }
    guard let destination = Self.quotable(question.shown) else {
      return "No rule can name this destination; use one with an ordinary host name."
    }
    var steps: [String] = []
    if verdicts.route.action.isRestraint {
      steps += routeRemedies(question: question, destination: destination, rule: verdicts.route.rule)
    }
    var lines = findingLines(verdicts: verdicts, question: question, destination: destination)
    lines += sourceLines(verdicts: verdicts, question: question, destination: destination)
    if !lines.isEmpty { steps.append("put first under rules: in \(ownFile): " + lines.joined(separator: " and ")) }
    if let step = comparisonRemedy(verdicts: verdicts, question: question) { steps.append(step) }
    let verb = verdicts.deciding.action == .ask ? "To let it through without asking" : "To let it through as it is"
    return "\(verb), " + steps.joined(separator: "; and ") + "."
  }

  /// The file that its reader can edit.
  private var ownFile: String {
    file.hasPrefix("built-in:") ? "sallyport.yaml (`sallyport init --posture \(posture.rawValue)` writes one)" : file
  }

  /// What opens the route: an entry of a list, a rule, or both.
  private func routeRemedies(question: Question, destination: String, rule: RuleReference) -> [String] {
    let isBuiltIn = rule.file == BuiltInPosture.file(of: posture)
    if question.protocolName == .uninspected {
      var steps: [String] = []
      if uninspectedGrant(for: question.destination, agent: question.agent) == nil {
        steps.append("list it in \(ownFile): `uninspected: [{hosts: [\(destination)], because: \"…\"}]`")
      }
      if rule.file == file, rule.name != Self.nothingAllows {
        steps.append(routeLine(question: question, destination: destination))
      }
      return steps
    }
    let isGranted = privateAddresses.contains { $0.matches(question.destination) }
    guard Self.isPrivate(question.destination.host), !isGranted else {
      return [routeLine(question: question, destination: destination)]
    }
    let grant = "grant it in \(ownFile): `private-addresses: [\(Self.quoted(question.destination.host))]`"
    // Every posture but this one lets granted destinations through.
    if isBuiltIn, posture != .ban { return [grant] }
    return [grant, routeLine(question: question, destination: destination)]
  }

  private func routeLine(question: Question, destination: String) -> String {
    var conditions = agentCondition(question)
    conditions.append("destination: \(destination)")
    conditions.append("purpose: \(question.purpose.rawValue)")
    if let endpoint = question.endpoint { conditions.append("endpoint: \(Self.quoted(endpoint))") }
    if ![.http1, .http2].contains(question.protocolName) {
      conditions.append("protocol: \(question.protocolName.rawValue)")
    }
    let name = "let \(question.purpose.rawValue) through to \(question.shown.host)"
    return "put first under rules: in \(ownFile): `\(Self.line(name: name, conditions: conditions))`"
  }

  private func findingLines(verdicts: Verdicts, question: Question, destination: String) -> [String] {
    var lines: [String] = []
    for entry in verdicts.findings where entry.verdict.action.isRestraint {
      let finding = question.findings[entry.indices[0]]
      var conditions = agentCondition(question)
      conditions.append("destination: \(destination)")
      conditions.append("class: \(finding.dataClass.rawValue)")
      conditions.append("detector: \(Self.quoted(finding.detector))")
      conditions.append("found-in: \(Self.quoted(finding.place.description))")
      let name =
        "let \(finding.dataClass.rawValue) \(finding.detector) into \(finding.place) for \(question.shown.host)"
      let line = "`\(Self.line(name: name, conditions: conditions))`"
      if !lines.contains(line) { lines.append(line) }
      if lines.count == PolicyLimits.explainedFindings { break }
    }
    return lines
  }

  func agentCondition(_ question: Question) -> [String] {
    guard question.agent.id != Agent.unknown.id, NamePattern(question.agent.id)?.isLiteral == true else { return [] }
    return ["agent: \(Self.quoted(question.agent.id))"]
  }

  static func line(name: String, conditions: [String]) -> String {
    // What tells such rules of one answer apart stands first; names of hosts are ASCII.
    let fitting = String(decoding: name.utf8.prefix(PolicyLimits.nameBytes), as: UTF8.self)
    return "- {name: \(quoted(fitting)), when: {\(conditions.joined(separator: ", "))}, then: allow}"
  }

  /// As a rule names exactly this destination; `nil` where its host would be read as a pattern or as nothing.
  private static func quotable(_ destination: Destination) -> String? {
    let text = [80, 443].contains(destination.port) ? destination.host : destination.description
    guard let pattern = DestinationPattern(text), pattern.matches(destination) else { return nil }
    switch pattern.host {
    case .name, .addresses: return quoted(text)
    case .any, .suffix, .glob: return nil
    }
  }

  /// A YAML double-quoted scalar (YAML 1.2 §7.3.1).
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
        || byte == UInt8(ascii: "_")
    }
    let isWord = text.utf8.first.map { (0x61...0x7a).contains($0) || (0x41...0x5a).contains($0) } == true
    if isPlain, isWord, !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased()) {
      return text
    }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "`": out += "\\x60"
      default: out += PolicyReader.isPrintable(String(scalar)) ? String(scalar) : "\u{FFFD}"
      }
    }
    return out + "\""
  }

  private static let privateRanges = [
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "::1/128",
    "fc00::/7", "fe80::/10",
  ].compactMap(AddressRange.init)

  private static func isPrivate(_ host: String) -> Bool {
    guard AddressLiteral.looksLikeAddress(host), let address = AddressLiteral(host) else { return false }
    return privateRanges.contains { $0.contains(address) }
  }
}
