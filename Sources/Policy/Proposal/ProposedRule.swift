internal import Evidence
internal import Patterns

/// One rule of a proposal, with what is said above it.
struct ProposedRule {
  let name: String
  let conditions: [(key: String, values: [String])]
  let action: Action
  let comments: [String]
  /// Whether it is only shown, for a person to take the comment marks away.
  let isComment: Bool

  /// - Parameter name: unique in the file.
  init?(_ group: ObservedGroup, name: String, comments: [String]) {
    guard let destination = Self.destination(group.key.destination) else { return nil }
    var conditions: [(key: String, values: [String])] = []
    if group.key.agent != Agent.unknown.id, NamePattern(group.key.agent)?.isLiteral == true {
      conditions.append(("agent", [group.key.agent]))
    }
    conditions.append(("destination", [destination]))
    if let endpoint = group.key.endpoint, NamePattern(endpoint)?.isLiteral == true {
      conditions.append(("endpoint", [endpoint]))
    }
    conditions.append(("purpose", [group.key.purpose.rawValue]))
    guard let request = Self.request(group) else { return nil }
    self.name = name
    self.conditions = conditions + request
    self.action = [.web, .unknown].contains(group.key.purpose) ? .report : .allow
    self.comments = comments
    self.isComment = group.doubt != nil
  }

  private static func request(_ group: ObservedGroup) -> [(key: String, values: [String])]? {
    var conditions: [(key: String, values: [String])] = []
    if case .other(let name) = group.key.speech {
      conditions.append(("protocol", [name.rawValue]))
      if name == .bytes { return conditions }
    } else if group.key.method == "GET" {
      // A WebSocket begins as one.
      conditions.append(("protocol", ["http/1.1", "h2"]))
    }
    guard isMethod(group.key.method) else { return nil }
    conditions.append(("method", [group.key.method]))
    let paths = group.paths.compactMap(\.self)
    guard !paths.isEmpty else { return nil }
    if paths.count <= PolicyLimits.proposedPaths {
      conditions.append(("path", paths))
    } else if group.key.endpoint == nil {
      conditions.append(("path", [common(paths)]))
    }
    return conditions + bounds(group)
  }

  /// Bounds that what was seen keeps, where the posture `control` has the same ones: of a site that nobody described
  /// even an address can carry a file out.
  private static func bounds(_ group: ObservedGroup) -> [(key: String, values: [String])] {
    guard [.web, .unknown].contains(group.key.purpose), group.key.speech == .http else { return [] }
    var bounds: [(key: String, values: [String])] = []
    if group.exchanges.allSatisfy({ $0.requestBodyBytes == 0 }) { bounds.append(("bytes", ["0"])) }
    guard group.key.purpose == .unknown else { return bounds }
    if group.exchanges.allSatisfy({ $0.path.utf8.count <= 2 << 10 }) { bounds.append(("target", ["<=2KiB"])) }
    if group.exchanges.allSatisfy({ $0.fieldBytes <= 4 << 10 }) { bounds.append(("fields", ["<=4KiB"])) }
    if group.exchanges.reduce(0, { $0 + $1.requestBytes }) <= 256 << 10 { bounds.append(("sent", ["<=256KiB"])) }
    return bounds
  }

  /// The directory that all of them are in.
  private static func common(_ paths: [String]) -> String {
    var shared = paths[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for path in paths.dropFirst() {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      let same = zip(shared, parts).prefix { $0 == $1 }.count
      shared = shared.prefix(same)
    }
    return shared.joined(separator: "/") + "/**"
  }

  private static func isMethod(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32 && text.utf8.allSatisfy { (0x41...0x5a).contains($0) || $0 == 0x2d }
  }

  /// Host and port; `nil` where a pattern of that text would not mean this destination alone.
  static func destination(_ destination: Destination) -> String? {
    guard let pattern = DestinationPattern(destination.description), pattern.matches(destination),
      pattern.port == destination.port
    else { return nil }
    switch pattern.host {
    case .name, .addresses: return destination.description
    case .any, .suffix, .glob: return nil
    }
  }

  /// Paths of plain characters need no quotes (YAML 1.2 §7.3.3).
  private static func scalar(_ text: String) -> String {
    text.hasPrefix("/") && PolicyDocument.quoted("a" + text) == "a" + text ? text : PolicyDocument.quoted(text)
  }

  /// - Parameter indent: what stands before the dash.
  func lines(indent: String) -> [String] {
    var lines = ["- name: \(PolicyDocument.quoted(name))", "  when:"]
    for (key, values) in conditions {
      let quoted = values.map(Self.scalar)
      lines.append("    \(key): " + (quoted.count == 1 ? quoted[0] : "[\(quoted.joined(separator: ", "))]"))
    }
    lines.append("  then: \(action.rawValue)")
    let mark = isComment ? "# " : ""
    return comments.map { "\(indent)# \($0)" } + lines.map { indent + mark + $0 }
  }
}

extension Exchange {
  /// Bytes of header fields and trailers, as far as the record tells.
  var fieldBytes: Int {
    guard protocolName == .http1 || protocolName == .http2 else { return 0 }
    return max(0, requestBytes - requestBodyBytes - method.utf8.count - 1 - path.utf8.count)
  }
}
