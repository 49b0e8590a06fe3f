internal import Catalog
internal import Policy
internal import Sandbox

/// What a run's agent may write besides the workspace, by how it is protected. All paths are without links.
struct GrantedPlaces: Sendable {
  /// Directories that are looked at like the workspace; what lies in an inner one counts to that alone.
  private(set) var protected: [String] = []
  /// Directories that nobody looks at: the home, what is around it, and what an agent keeps for itself.
  private(set) var free: [String] = []
  /// What was named although it is itself a protected place: whoever types `.envrc` means `.envrc`.
  private(set) var named: [String] = []
  /// What may be changed wherever it lies: where this agent keeps its own things, and files that were named.
  private(set) var own: [String] = []

  /// - Parameters:
  ///   - directories: granted to be written.
  ///   - files: granted to be written.
  ///   - agents: where the agents that are known keep their own things.
  ///   - own: where this one does.
  init(
    directories: [String], files: [String], workspace: String, home: String, agents: [String], own: [String],
    _ protection: Protection
  ) {
    for path in Set(directories).sorted() where !FilePaths.isWithin(path, workspace) {
      let isAgents = (agents + own).contains { FilePaths.isWithin(path, $0) }
      if isAgents || FilePaths.isWithin(home, path) {
        free.append(path)
      } else {
        protected.append(path)
        if Self.isNamed(path, protection, isDirectory: true) { named.append(path) }
      }
    }
    for path in Set(files).sorted() where !FilePaths.isWithin(path, workspace) {
      if Self.isNamed(path, protection, isDirectory: false) { named.append(path) }
    }
    self.own = own + named.filter { !protected.contains($0) }
  }

  init(_ settings: RunSettings) {
    let granted = settings.grants.writes.compactMap { FilePaths.canonical($0) }
    let agents = settings.knowledge.agents.flatMap(\.files).filter { $0.access == .write }.map {
      // Also where it is not there yet.
      FilePaths.resolved(FilePaths.expanded($0.path, home: settings.home))
    }
    self.init(
      directories: granted.filter(FilePaths.isDirectory), files: granted.filter { !FilePaths.isDirectory($0) },
      workspace: settings.workspace, home: settings.home, agents: agents,
      own: HomeBinds.of(settings).filter { $0.access == .write }.map { FilePaths.resolved($0.source) },
      settings.policy.protection)
  }

  /// Whether a path is, lies in, or is a directory on the way to a protected place by its names alone.
  private static func isNamed(_ path: String, _ protection: Protection, isDirectory: Bool) -> Bool {
    let names = path.split(separator: "/").map(String.init)
    // A repository's own directory is looked at as such, whatever it is called.
    if let git = names.firstIndex(of: ".git"), !(isDirectory && isRepository(path)) {
      return git < names.count - 1 || !isDirectory
    }
    if let last = names.last, protection.ownAction(for: last) ?? .allow != .allow { return true }
    return ProtectedGroup.allCases.contains { group in
      group.places.contains { place in
        names.indices.contains { start in
          let rest = names[start...]
          return rest.starts(with: place.names) || isDirectory && place.names.starts(with: rest)
        }
      }
    }
  }

  private static func isRepository(_ path: String) -> Bool {
    GitPlaces.isRepository { FilePaths.exists("\(path)/\($0)") }
  }

  /// What is in a directory and not its own: other directories that are looked at, and what is free.
  func excluded(from root: String, among roots: [String]) -> Set<TreePath> {
    Set(
      (roots + free + own).filter { $0 != root && FilePaths.isWithin($0, root) }.map {
        TreePath(bytes: Array($0.utf8.dropFirst(root.utf8.count + 1)))
      })
  }
}
