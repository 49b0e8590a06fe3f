internal import Patterns

/// What a policy says about places that act outside of the sandbox later: `protect`.
package struct Protection: Sendable, Hashable {
  var groups: [ProtectedGroup: ProtectionAction] = [:]
  var own: [OwnPlace] = []
  /// Where hooks are besides those of ``ProtectedGroup/hooks``, from the workspace.
  package var hookPlaces: [String] = []
  /// What links in protected places lead to, from the workspace.
  package var linked: [String: ProtectedGroup] = [:]

  /// A place that the policy itself names.
  struct OwnPlace: Sendable, Hashable {
    let pattern: FilePattern
    let action: ProtectionAction
  }

  package init() {}

  package func action(for group: ProtectedGroup) -> ProtectionAction { groups[group] ?? group.defaultAction }

  /// Whether the policy names places of its own, so that every file has to be asked about.
  package var namesPlaces: Bool { own.contains { $0.action != .allow } }

  /// What a policy that names this path itself says; the strictest where several patterns cover it. It stands before what
  /// is said about groups.
  ///
  /// - Parameter path: relative to the workspace.
  package func ownAction(for path: String) -> ProtectionAction? {
    own.lazy.filter { $0.pattern.matches(path) }.map(\.action).max()
  }

  /// The pattern of the policy's own that decides about a path.
  package func ownPattern(for path: String, isLink: Bool) -> String? {
    for path in isLink ? [path, path + "/x"] : [path] {
      guard let action = ownAction(for: path) else { continue }
      return own.first { $0.action == action && $0.pattern.matches(path) }?.pattern.text
    }
    return nil
  }

  /// Patterns of the policy's own that let changes through at places of groups that it protects, with these groups.
  var loosened: [(pattern: String, groups: [ProtectedGroup])] {
    own.filter { $0.action == .allow }.compactMap { place in
      let groups = ProtectedGroup.allCases.filter { group in
        action(for: group) != .allow
          && group.examples.contains { place.pattern.matches($0) && ownAction(for: $0) == .allow }
      }
      return groups.isEmpty ? nil : (place.pattern.text, groups)
    }
  }

  /// Everything that is denied, but for git's places, as patterns that begin at the workspace.
  package var deniedPatterns: [String] {
    let places = ProtectedGroup.allCases.filter { action(for: $0) == .deny }.flatMap(\.places)
      .filter { ownAction(for: $0.names.joined(separator: "/")) ?? .deny == .deny }
    return places.map(\.text) + linked.filter { action(for: $0.value) == .deny }.map(\.key).sorted()
      + (action(for: .hooks) == .deny ? hookPlaces : [])
      + own.filter { $0.action == .deny }.map { place in
        let text = place.pattern.text
        return text.dropLast().contains("/") ? text : "**/\(text)"
      }
  }
}

/// The form in which it outlives a run.
extension Protection {
  /// Unknown words are passed over, which leaves what they were about at its default.
  package init(
    groups: [String: String], own: [(pattern: String, action: String)], hookPlaces: [String],
    linked: [String: String] = [:]
  ) {
    self.hookPlaces = hookPlaces
    self.linked = linked.compactMapValues { ProtectedGroup(rawValue: $0) }
    for (name, word) in groups {
      guard let group = ProtectedGroup(rawValue: name), let action = ProtectionAction(rawValue: word) else { continue }
      self.groups[group] = action
    }
    self.own = own.compactMap { entry in
      guard let pattern = FilePattern(entry.pattern), let action = ProtectionAction(rawValue: entry.action) else {
        return nil
      }
      return OwnPlace(pattern: pattern, action: action)
    }
  }

  package var groupWords: [String: String] {
    var words: [String: String] = [:]
    for (group, action) in groups { words[group.rawValue] = action.rawValue }
    return words
  }

  package var ownWords: [(pattern: String, action: String)] { own.map { ($0.pattern.text, $0.action.rawValue) } }

  /// What a path is, and what becomes of its changes; `nil` for one that is not protected. Git's own places apart.
  ///
  /// - Parameter isLink: whether it leads elsewhere: then it decides also what is at the places below it.
  package func rule(for path: String, isLink: Bool) -> (group: String, action: ProtectionAction)? {
    if let own = ownAction(for: path) ?? (isLink ? ownAction(for: path + "/x") : nil) {
      return own == .allow ? nil : ("policy", own)
    }
    let places = linked.filter {
      path == $0.key || path.hasPrefix($0.key + "/") || isLink && $0.key.hasPrefix(path + "/")
    }
    let strictest = places.values.max { action(for: $0) < action(for: $1) }
    if let group = strictest, action(for: group) != .allow { return (group.rawValue, action(for: group)) }
    let isHook = hookPlaces.contains { path == $0 || path.hasPrefix($0 + "/") || isLink && $0.hasPrefix(path + "/") }
    if isHook, action(for: .hooks) != .allow { return (ProtectedGroup.hooks.rawValue, action(for: .hooks)) }
    let names = path.split(separator: "/").map(String.init)
    for group in ProtectedGroup.allCases where action(for: group) != .allow {
      if group.places.contains(where: { $0.covers(names) || isLink && $0.isBelow(names) }) {
        return (group.rawValue, action(for: group))
      }
    }
    return nil
  }
}

extension ProtectedPlace {
  fileprivate func covers(_ path: [String]) -> Bool {
    let starts = isAnywhere ? 0...max(0, path.count - 1) : 0...0
    return starts.contains { start in
      path.dropFirst(start).starts(with: names) && !path.prefix(start).contains { Self.installed.contains($0) }
    }
  }

  /// Whether what is at this path is on the way to it.
  fileprivate func isBelow(_ path: [String]) -> Bool {
    (1..<max(2, names.count)).contains { count in
      (isAnywhere ? path.suffix(count) : path[...]).elementsEqual(names.prefix(count))
        && !path.dropLast(count).contains { Self.installed.contains($0) }
    }
  }
}
