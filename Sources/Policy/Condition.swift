internal import Evidence
internal import Patterns

/// What a rule asks of a message before it applies; a rule's conditions must all hold.
enum Condition: Sendable, Hashable {
  case agent([NamePattern])
  case version(VersionRange)
  case destination([DestinationPattern])
  case destinationKind(Set<DestinationKind>)
  case endpoint([NamePattern])
  /// Catalogue identifiers, or `own`.
  case vendor([String])
  case purpose(Set<Purpose>)
  case method(Set<String>)
  case path([PathPattern])
  /// Bytes of path and query.
  case target(Comparison)
  /// Bytes of header fields and trailers.
  case fields(Comparison)
  /// Bytes that went to the same host before, in the same run.
  case sent(Comparison)
  case protocolName(Set<Exchange.ProtocolName>)
  case bytes(Comparison)
  case time([TimeWindow])
  case workspace([NamePattern])
  case host([NamePattern])
}

extension Condition {
  /// - Parameter subject: the question with what is computed from it once.
  func truth(for subject: PreparedQuestion) -> Truth {
    let question = subject.question
    switch self {
    case .agent(let patterns): return Truth(patterns.contains { $0.matches(question.agent.id) })
    case .version(let range):
      guard let version = question.agent.version, let isInside = range.contains(version) else { return .unknown }
      return Truth(isInside)
    case .destination(let patterns): return Truth(patterns.contains { $0.matches(question.destination) })
    case .destinationKind(let kinds): return Truth(!kinds.isDisjoint(with: subject.kinds))
    case .endpoint(let patterns):
      guard let endpoint = question.endpoint else { return .no }
      return Truth(patterns.contains { $0.matches(endpoint) })
    case .vendor(let names):
      let vendor = question.vendorID
      return Truth(names.contains { $0 == "own" ? question.isOwnVendor : vendor.map(String.init) == $0 })
    case .purpose(let purposes): return Truth(purposes.contains(question.purpose))
    case .method(let methods):
      guard question.hasRequestLine else { return .unknown }
      return Truth(methods.contains(question.method))
    case .path(let patterns):
      guard question.hasRequestLine, subject.target.isPlain else { return .unknown }
      return Truth(patterns.contains { $0.matches(subject.target) })
    case .target(let comparison): return Truth(comparison.holds(for: question.path.utf8.count))
    case .fields(let comparison): return Truth(comparison.holds(for: question.fieldBytes))
    case .sent(let comparison): return Truth(comparison.holds(for: question.sentBytes))
    case .protocolName(let names): return Truth(names.contains(question.protocolName))
    case .bytes(let comparison): return Truth(comparison.holds(for: question.bytes))
    case .time(let windows): return Truth(windows.contains { $0.contains(question.time) })
    case .workspace(let patterns):
      guard let workspace = question.place.workspace else { return .unknown }
      return Self.anyPath(patterns, matches: workspace, home: question.place.home)
    case .host(let patterns):
      guard let hostname = question.place.hostname else { return .unknown }
      return Truth(patterns.contains { $0.matches(hostname) })
    }
  }

  private static func anyPath(_ patterns: [NamePattern], matches path: String, home: String?) -> Truth {
    var truth = Truth.no
    for pattern in patterns {
      guard pattern.isBelowHome else {
        if pattern.matches(path) { return .yes }
        continue
      }
      guard let home else {
        truth = .unknown
        continue
      }
      if path.hasPrefix(home), pattern.matches("~" + path.dropFirst(home.count)) { return .yes }
    }
    return truth
  }
}
