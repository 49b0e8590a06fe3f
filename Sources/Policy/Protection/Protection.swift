internal import Patterns

/// What a policy says about places that act outside of the sandbox later: `protect`.
package struct Protection: Sendable, Hashable {
  var groups: [ProtectedGroup: ProtectionAction] = [:]
  var own: [OwnPlace] = []

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

  /// Everything that is denied, but for git's places, as patterns that begin at the workspace.
  package var deniedPatterns: [String] {
    let places = ProtectedGroup.allCases.filter { action(for: $0) == .deny }.flatMap(\.places)
      .filter { ownAction(for: $0.names.joined(separator: "/")) ?? .deny == .deny }
    return places.map(\.text)
      + own.filter { $0.action == .deny }.map { place in
        let text = place.pattern.text
        return text.dropLast().contains("/") ? text : "**/\(text)"
      }
  }
}
