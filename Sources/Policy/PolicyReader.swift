internal import Documents
internal import Patterns

/// Reads a policy's nodes into values and collects what is wrong with them.
struct PolicyReader {
  var reading = DocumentReader()
  private(set) var warnings: [PolicyWarning] = []
  let known: KnownNames

  init(known: KnownNames) {
    self.known = known
  }

  var problems: [DocumentProblem] { reading.problems }

  mutating func contents(_ root: DocumentNode) -> PolicyDocument.Contents {
    var contents = PolicyDocument.Contents()
    let fields = reading.fields(root, keys: PolicyKeys.document, required: ["version"], of: "the policy")
    if let node = fields["version"] {
      _ = reading.value(node, as: "1, the version of this format") { $0 == "1" ? 1 : nil }
    }
    if let node = fields["posture"], let posture = reading.word(node, of: Posture.self, as: "a posture") {
      contents.posture = posture
    }
    settings(fields.filter { !$0.value.isEmpty }, into: &contents)
    contents.warnings = warnings
    return contents
  }

  /// What may be left empty, which means none.
  private mutating func settings(_ fields: [String: DocumentNode], into contents: inout PolicyDocument.Contents) {
    if let node = fields["rules"] { contents.rules = rules(node) }
    if let node = fields["uninspected"] { contents.uninspected = uninspected(node) }
    if let node = fields["files"] { contents.files = files(node) }
    if let node = fields["secrets"] { contents.secrets = secrets(node) }
    if let node = fields["connect"] { contents.connect = overrides(node) }
    if let node = fields["upstream-ca"] { contents.upstreamAuthorities = paths(node, relative: true) }
    if let node = fields["private-addresses"] { contents.privateAddresses = privateAddresses(node) }
    if let node = fields["limits"] { contents.limits = limits(node) }
    if let node = fields["durability"], let durability = reading.word(node, of: Durability.self, as: "a durability") {
      contents.durability = durability
    }
    if let node = fields["ledger"] {
      let fields = reading.fields(node, keys: PolicyKeys.ledger, of: "ledger")
      if let node = fields["paths"], let paths = reading.word(node, of: LedgerPaths.self, as: "how paths are written") {
        contents.ledgerPaths = paths
      }
    }
    if let node = fields["findings"] { contents.thresholds = thresholds(node) }
    if let node = fields["allow-findings"] { contents.allowedFindings = allowedFindings(node) }
    if let node = fields["redaction"] { contents.redaction = redaction(node) }
    if let node = fields["own-code"], let ownCode = reading.word(node, of: OwnCode.self, as: "which own code") {
      contents.ownCode = ownCode
    }
    if let node = fields["protect"] { contents.protection = protection(node) }
    if let node = fields["ask-timeout"],
      let timeout = reading.value(node, as: DurationText.form, DurationText.parse)
    {
      contents.askTimeout = timeout
    }
  }

  private mutating func redaction(_ node: DocumentNode) -> RedactionSettings {
    var settings = RedactionSettings()
    let fields = reading.fields(node, keys: PolicyKeys.redaction, of: "redaction")
    if let node = fields["restore"],
      let restore = reading.value(node, as: "true or false", { $0 == "true" ? true : $0 == "false" ? false : nil })
    {
      settings.restores = restore
    }
    if let node = fields["keep"],
      let keep = reading.value(node, as: RedactionSettings.form, RedactionSettings.parseKeep)
    {
      settings.keep = keep
    }
    return settings
  }

  private mutating func rules(_ node: DocumentNode) -> [PolicyRule] {
    let nodes = reading.list(node, of: "rules")
    guard nodes.count <= PolicyLimits.rules else {
      reading.report(node.place, found: "\(nodes.count) rules", expected: "at most \(PolicyLimits.rules)")
      return []
    }
    var rules: [PolicyRule] = []
    var names: [String: DocumentPlace] = [:]
    for node in nodes {
      guard let rule = rule(node) else { continue }
      if let first = names[rule.name] {
        reading.report(
          rule.place, found: "a second rule named '\(DocumentNode.shortened(rule.name))'",
          expected: "a name that the rule at line \(first.line) does not have")
      }
      names[rule.name] = rule.place
      rules.append(rule)
    }
    return rules
  }

  private mutating func uninspected(_ node: DocumentNode) -> [UninspectedGrant] {
    reading.list(node, of: "maps with hosts and because").compactMap { node in
      let fields = reading.fields(
        node, keys: PolicyKeys.uninspected, required: ["hosts", "because"], of: "an uninspected entry")
      guard let hostsNode = fields["hosts"], let reasonNode = fields["because"] else { return nil }
      let hosts = hosts(hostsNode)
      guard let because = reason(reasonNode) else { return nil }
      let agents = fields["agent"].map { agentNames($0) } ?? []
      return UninspectedGrant(hosts: hosts, because: because, place: node.place, agents: agents)
    }
  }

  private mutating func files(_ node: DocumentNode) -> FileGrants {
    let fields = reading.fields(node, keys: PolicyKeys.files, of: "files")
    return FileGrants(
      read: fields["read"].map { $0.isEmpty ? [] : paths($0, relative: false) } ?? [],
      write: fields["write"].map { $0.isEmpty ? [] : paths($0, relative: false) } ?? [])
  }

  private mutating func secrets(_ node: DocumentNode) -> [SecretGrant] {
    reading.list(node, of: "maps with name and hosts").compactMap { node in
      let fields = reading.fields(node, keys: PolicyKeys.secret, required: ["name", "hosts"], of: "a secret")
      guard let nameNode = fields["name"], let hostsNode = fields["hosts"] else { return nil }
      let name = reading.value(nameNode, as: "the name of an environment variable, such as ANTHROPIC_API_KEY") { text in
        Self.isVariableName(text) ? text : nil
      }
      let hosts = ownedHosts(hostsNode)
      return name.map { SecretGrant(name: $0, hosts: hosts, place: node.place) }
    }
  }

  private mutating func limits(_ node: DocumentNode) -> LimitSettings {
    var limits = LimitSettings()
    let fields = reading.fields(node, keys: PolicyKeys.limits, of: "limits")
    for name in LimitSettings.Name.allCases {
      guard let node = fields[name.rawValue] else { continue }
      let amount: LimitSettings.Amount? =
        switch name.unit {
        case .bytes: reading.value(node, as: ByteCountText.form, ByteCountText.parse).map { .number($0) }
        case .count: reading.integer(node, in: name.range, as: "a count").map { .number($0) }
        case .duration: reading.value(node, as: DurationText.form, DurationText.parse).map { .duration($0) }
        }
      if case .number(0)? = amount {
        reading.report(node.place, found: "'0'", expected: "more than nothing")
      } else if case .number(let number)? = amount, !name.range.contains(number) {
        let bound =
          number > name.range.upperBound ? "at most \(name.range.upperBound)" : "at least \(name.range.lowerBound)"
        reading.report(node.place, found: node.summary, expected: "\(bound) bytes")
      } else if let amount {
        limits.set(name, to: amount)
      }
    }
    return limits
  }

  /// Destinations by name; not `*`, which would mean the whole world.
  mutating func hosts(_ node: DocumentNode) -> [DestinationPattern] {
    let form = "hosts such as api.example.com, \"*.example.com\" or 10.0.0.0/8, but not every host"
    return destinations(node, as: form) { !$0.spansDomains }
  }

  /// Those that are fit for their use; one that no destination can have is used, and said.
  mutating func destinations(
    _ node: DocumentNode, as form: String, where isFit: (DestinationPattern) -> Bool = { _ in true }
  ) -> [DestinationPattern] {
    var patterns: [DestinationPattern] = []
    for element in reading.elements(node, as: form) {
      let pattern = reading.value(element, as: form) { text in
        DestinationPattern(text).flatMap { isFit($0) ? $0 : nil }
      }
      guard let pattern else { continue }
      if let impossibility = pattern.impossibility {
        warn(element, "\(element.summary) never matches: \(impossibility)")
      }
      patterns.append(pattern)
    }
    return patterns
  }

  mutating func warn(_ node: DocumentNode, _ sentence: String) {
    guard warnings.count < DocumentLimits.problems else { return }
    warnings.append(PolicyWarning(place: node.place, sentence: sentence))
  }

  private mutating func overrides(_ node: DocumentNode) -> [ConnectOverride] {
    reading.elements(node, as: ConnectOverride.form).compactMap { element in
      guard let override = reading.value(element, as: ConnectOverride.form, ConnectOverride.init) else { return nil }
      if override.host?.contains("*") == true {
        warn(element, "\(element.summary) never matches: connect wants a whole host name, or none for every host")
      }
      return override
    }
  }

  /// Destinations of one owner: a secret that reaches strangers is none.
  private mutating func ownedHosts(_ node: DocumentNode) -> [DestinationPattern] {
    let form = "hosts such as api.example.com or \"*.example.com\", whose last two labels are written out"
    return destinations(node, as: form) { !$0.spansOwners }
  }

  /// What a connection can be granted by: the address that it is made to, or the very name that led to it.
  private mutating func privateAddresses(_ node: DocumentNode) -> [DestinationPattern] {
    let form = "addresses such as 10.20.0.0/16 or 10.1.2.3, or whole names such as llm.example.internal, without a port"
    return destinations(node, as: form) { pattern in
      guard pattern.port == nil, !pattern.spansOwners else { return false }
      switch pattern.host {
      case .name, .addresses: return true
      case .any, .suffix, .glob: return false
      }
    }
  }

  private mutating func paths(_ node: DocumentNode, relative: Bool) -> [String] {
    let form = relative ? "a path to a file" : "a path that begins with / or ~/"
    return reading.values(node, as: form) { text in
      let isUsual = relative || text.hasPrefix("/") || text.hasPrefix("~/") || text == "~"
      let climbs = text.split(separator: "/").contains("..")
      return isUsual && (relative || !climbs) && !text.utf8.contains(0) ? text : nil
    }
  }

  /// Where one has to be given.
  mutating func reason(_ node: DocumentNode) -> String? {
    guard let because = because(node) else { return nil }
    guard !because.allSatisfy(\.isWhitespace) else {
      reading.report(node.place, found: "no reason", expected: "why this may be")
      return nil
    }
    return because
  }

  mutating func because(_ node: DocumentNode) -> String? {
    let form = "a reason of at most \(PolicyLimits.becauseBytes) bytes, without control characters"
    return reading.value(node, as: form) { text in
      text.utf8.count <= PolicyLimits.becauseBytes && Self.isPrintable(text) ? text : nil
    }
  }

  mutating func agentNames(_ node: DocumentNode) -> [NamePattern] {
    names(node, as: "the catalogue's name of an agent, such as claude-code", among: known.agents)
  }

  /// Names with wildcards; a plain one must be among those known, where any are.
  mutating func names(_ node: DocumentNode, as thing: String, among known: [String]) -> [NamePattern] {
    var patterns: [NamePattern] = []
    for element in reading.elements(node, as: thing) {
      guard let pattern = reading.value(element, as: thing, NamePattern.init) else { continue }
      if pattern.isLiteral, !known.isEmpty, !known.contains(pattern.text) {
        reading.report(
          element.place, found: element.summary, expected: thing, nearest: NearestWord.to(pattern.text, among: known))
      }
      if !pattern.isLiteral, !known.isEmpty, !known.contains(where: pattern.matches) {
        warn(element, "\(element.summary) never matches: the catalogue has no such name")
      }
      patterns.append(pattern)
    }
    return patterns
  }

  static func isPrintable(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return true }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
  }

  private static func isVariableName(_ text: String) -> Bool {
    text.utf8.first.map { !(0x30...0x39).contains($0) } == true
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
