internal import Evidence
internal import Patterns

extension Condition {
  /// Whether it is known to hold, or is as little known, wherever all of the others hold; never true where it may not.
  func isImplied(by others: [Condition]) -> Bool { isAlways || others.contains(where: covers) }

  /// Whether nobody may know if it holds.
  var canBeUnknown: Bool {
    switch self {
    case .version, .path, .workspace, .host: true
    default: false
    }
  }

  private var isAlways: Bool {
    switch self {
    case .purpose(let purposes): purposes.count == Purpose.allCases.count
    case .protocolName(let names): names.count == Exchange.ProtocolName.allCases.count
    case .destination(let patterns): patterns.contains { $0.host == .any && $0.port == nil }
    default: false
    }
  }

  private func covers(_ other: Condition) -> Bool {
    switch (self, other) {
    case (.agent(let outer), .agent(let inner)), (.endpoint(let outer), .endpoint(let inner)),
      (.host(let outer), .host(let inner)):
      inner.isCovered(by: outer) { $0.covers($1) }
    case (.workspace(let outer), .workspace(let inner)):
      inner.isCovered(by: outer) { $0.isBelowHome == $1.isBelowHome && $0.covers($1) }
    case (.version(let outer), .version(let inner)): outer.covers(inner)
    case (.destination(let outer), .destination(let inner)): inner.isCovered(by: outer) { $0.covers($1) }
    case (.destinationKind(let outer), .destinationKind(let inner)): inner.isSubset(of: outer)
    case (.destinationKind(let kinds), .destination(let patterns)):
      kinds.contains(.literal) && patterns.allSatisfy { if case .addresses = $0.host { true } else { false } }
    case (.vendor(let outer), .vendor(let inner)): Set(inner).isSubset(of: outer)
    case (.purpose(let outer), .purpose(let inner)): inner.isSubset(of: outer)
    case (.method(let outer), .method(let inner)): inner.isSubset(of: outer)
    case (.path(let outer), .path(let inner)): inner.isCovered(by: outer) { $0.covers($1) }
    case (.protocolName(let outer), .protocolName(let inner)): inner.isSubset(of: outer)
    case (.target(let outer), .target(let inner)), (.fields(let outer), .fields(let inner)),
      (.sent(let outer), .sent(let inner)), (.bytes(let outer), .bytes(let inner)):
      outer.covers(inner)
    case (.time(let outer), .time(let inner)): inner.isCovered(by: outer) { $0.covers($1) }
    default: false
    }
  }
}

extension Array {
  /// Whether each of these is within one of the others.
  func isCovered(by others: [Element], _ covers: (_ outer: Element, _ inner: Element) -> Bool) -> Bool {
    allSatisfy { inner in others.contains { covers($0, inner) } }
  }
}
