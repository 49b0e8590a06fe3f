internal import Documents
internal import Evidence
internal import Patterns

extension PolicyReader {
  mutating func rule(_ node: DocumentNode) -> PolicyRule? {
    let fields = reading.fields(node, keys: PolicyKeys.rule, required: ["name", "then"], of: "a rule")
    let name = fields["name"].flatMap { node in
      reading.value(node, as: "a name of at most \(PolicyLimits.nameBytes) bytes") { text in
        text.utf8.count <= PolicyLimits.nameBytes && Self.isPrintable(text) ? text : nil
      }
    }
    let action = fields["then"].flatMap { reading.word($0, of: Action.self, as: "an action") }
    let because = fields["because"].flatMap { self.because($0) }
    var conditions: [Condition] = []
    var finding: FindingCondition?
    var source: SourceCondition?
    if let when = fields["when"], !when.isEmpty {
      let fields = reading.fields(when, keys: PolicyKeys.when, of: "when")
      conditions = self.conditions(fields)
      finding = self.finding(fields)
      source = self.source(fields, action: action)
    }
    guard let name, let action else { return nil }
    if action == .redact, let finding, finding.classes == [.opaque], let node = fields["then"] {
      reading.report(
        node.place, found: "'redact' for opaque bytes",
        expected: "block, ask, report or allow: what cannot be read cannot be cut out")
    }
    if finding != nil, source != nil {
      reading.report(
        node.place, found: "a rule about findings and about files",
        expected: "two rules: each of them is asked, and the stricter answer counts")
    }
    if action == .redact, source != nil, let node = fields["then"] {
      reading.report(
        node.place, found: "'redact' for files", expected: "block, ask, report or allow: lines cannot be cut out")
    }
    return PolicyRule(
      name: name, place: node.place, action: action, because: because ?? "", conditions: conditions, finding: finding,
      source: source)
  }

  private mutating func conditions(_ fields: [String: DocumentNode]) -> [Condition] {
    var conditions: [Condition] = []
    if let node = fields["agent"] { conditions.append(.agent(agentNames(node))) }
    if let node = fields["version"], let range = reading.value(node, as: VersionRange.form, VersionRange.init) {
      conditions.append(.version(range))
    }
    conditions += whereTo(fields) + whatAndHow(fields)
    if let node = fields["time"] { conditions.append(.time(windows(node))) }
    if let node = fields["place"] { conditions += place(node) }
    return conditions
  }

  private mutating func whereTo(_ fields: [String: DocumentNode]) -> [Condition] {
    var conditions: [Condition] = []
    if let node = fields["destination"] {
      let form = "hosts such as api.example.com, \"*.example.com\", 10.0.0.0/8 or example.com:8443"
      conditions.append(.destination(destinations(node, as: form)))
    }
    if let node = fields["destination-is"] {
      conditions.append(.destinationKind(Set(reading.words(node, of: DestinationKind.self, as: "what it is"))))
    }
    if let node = fields["endpoint"] {
      conditions.append(
        .endpoint(names(node, as: "an endpoint of the catalogue, such as anthropic/messages", among: known.endpoints)))
    }
    if let node = fields["vendor"] {
      let known = known.vendors.isEmpty ? [] : known.vendors + ["own"]
      let form = "a vendor of the catalogue, or own"
      let patterns = names(node, as: form, among: known)
      // Vendors are compared as they are: a rule that stops some would stop none.
      for pattern in patterns where !pattern.isLiteral {
        reading.report(
          node.place, found: "'\(DocumentNode.shortened(pattern.text))'", expected: "\(form), without a star",
          nearest: NearestWord.to(pattern.text, among: known))
      }
      conditions.append(.vendor(patterns.map(\.text)))
    }
    return conditions
  }

  private mutating func whatAndHow(_ fields: [String: DocumentNode]) -> [Condition] {
    var conditions: [Condition] = []
    if let node = fields["purpose"] {
      conditions.append(.purpose(Set(reading.words(node, of: Purpose.self, as: "a purpose"))))
    }
    if let node = fields["method"] {
      let methods = reading.values(node, as: "a method in capitals, such as POST") { text in
        text.utf8.count <= 32 && text.utf8.allSatisfy { (0x41...0x5a).contains($0) || $0 == 0x2d } ? text : nil
      }
      conditions.append(.method(Set(methods)))
    }
    if let node = fields["path"] {
      let form =
        "a request's path (for files: paths) such as /v1/messages, /v1/** or \"/*/info/refs?service=git-upload-pack\""
      conditions.append(.path(reading.values(node, as: form, PathPattern.init)))
    }
    if let node = fields["target"], let bound = reading.value(node, as: Comparison.form, { Comparison(bytes: $0) }) {
      conditions.append(.target(bound))
    }
    if let node = fields["fields"], let bound = reading.value(node, as: Comparison.form, { Comparison(bytes: $0) }) {
      conditions.append(.fields(bound))
    }
    if let node = fields["sent"], let bound = reading.value(node, as: Comparison.form, { Comparison(bytes: $0) }) {
      conditions.append(.sent(bound))
    }
    if let node = fields["protocol"] {
      conditions.append(.protocolName(Set(reading.words(node, of: Exchange.ProtocolName.self, as: "a protocol"))))
    }
    if let node = fields["bytes"], let bound = reading.value(node, as: Comparison.form, { Comparison(bytes: $0) }) {
      conditions.append(.bytes(bound))
    }
    return conditions
  }

  private mutating func finding(_ fields: [String: DocumentNode]) -> FindingCondition? {
    guard ["class", "grade", "severity", "detector", "found-in"].contains(where: { fields[$0] != nil }) else {
      return nil
    }
    let classes = fields["class"].map { reading.words($0, of: DataClass.self, as: "a data class") } ?? []
    let grades = fields["grade"].map { reading.words($0, of: Grade.self, as: "a grade") } ?? []
    let severities = fields["severity"].map { reading.words($0, of: Severity.self, as: "a severity") } ?? []
    let detectors = fields["detector"].map { names($0, as: "a detector's name, such as github-token", among: []) } ?? []
    let places =
      fields["found-in"].map {
        names($0, as: "a place such as body, answer, request-target or header:authorization", among: [])
      }
      ?? []
    return FindingCondition(
      classes: Set(classes), grade: grades.min { $0.rank < $1.rank } ?? .note,
      severity: severities.min { $0.rank < $1.rank } ?? .low, detectors: detectors, places: places)
  }

  private mutating func windows(_ node: DocumentNode) -> [TimeWindow] {
    reading.elements(node, as: "a window with days, from, to and zone").compactMap { node in
      let fields = reading.fields(node, keys: PolicyKeys.time, of: "time")
      var days = TimeWindow.everyDay
      if let node = fields["days"] {
        days = Set(reading.values(node, as: "days such as mon, mon-fri or sat", TimeWindow.days).flatMap { $0 })
      }
      let clock = "a time of day such as 08:00"
      let from = fields["from"].flatMap { reading.value($0, as: clock, TimeWindow.minute) }
      let to = fields["to"].flatMap { reading.value($0, as: clock, TimeWindow.minute) }
      let zone = fields["zone"].flatMap { self.zone($0) }
      return TimeWindow(days: days, from: from ?? 0, to: to ?? 24 * 60, zone: zone ?? .fixed(secondsFromUTC: 0))
    }
  }

  private mutating func zone(_ node: DocumentNode) -> TimeWindow.Zone? {
    let form = "a time zone such as UTC, local, +02:00 or Europe/Berlin"
    guard let text = reading.text(node, as: form) else { return nil }
    if let zone = TimeWindow.zone(text) { return zone }
    reading.report(
      node.place, found: node.summary, expected: form, nearest: NearestWord.to(text, among: TimeWindow.zoneNames))
    return nil
  }

  private mutating func place(_ node: DocumentNode) -> [Condition] {
    let fields = reading.fields(node, keys: PolicyKeys.place, of: "place")
    var conditions: [Condition] = []
    if let node = fields["workspace"] {
      conditions.append(.workspace(names(node, as: "a directory such as ~/work/**", among: [])))
    }
    if let node = fields["host"] {
      conditions.append(.host(names(node, as: "a machine's name such as build-*", among: [])))
    }
    return conditions
  }
}
