/// Places of the workspace that nothing inside may change or make.
///
/// Whoever tries it in earnest gets EPERM at once. It is no wall: a hostile program can change the path between our look
/// and the kernel's. Mounts are the wall for what is there, and a comparison at the end for what is not.
package struct WriteGuard: Sendable, Hashable {
  /// Absolute, without links.
  package var workspace: String
  package var names: [GuardedName]

  package init(workspace: String = "", names: [String] = []) {
    self.workspace = workspace
    self.names = names.map(GuardedName.init)
  }

  package var isEmpty: Bool { names.isEmpty }

  /// - Parameter path: absolute, without links, as seen inside.
  package func covers(_ path: [UInt8]) -> Bool {
    guard let parts = inWorkspace(path) else { return false }
    return names.contains { $0.covers(parts) }
  }

  /// Whether something guarded would come to be if what is at `source` came to be at `path`.
  package func covers(_ path: [UInt8], comingFrom source: [UInt8], finds: ([UInt8]) -> Bool) -> Bool {
    guard let parts = inWorkspace(path) else { return false }
    return names.contains { name in
      name.covers(parts) || name.rest(below: parts).contains { finds(source + [UInt8(ascii: "/")] + $0) }
    }
  }

  private func inWorkspace(_ path: [UInt8]) -> [ArraySlice<UInt8>]? {
    let prefix = Array(workspace.utf8) + [UInt8(ascii: "/")]
    guard !names.isEmpty, path.count > prefix.count, path.starts(with: prefix) else { return nil }
    return path[prefix.count...].split(separator: UInt8(ascii: "/"))
  }
}
