/// Places of directories that nothing inside may change or make.
///
/// Whoever tries it in earnest gets EPERM at once. It is no wall: a hostile program can change the path between our look
/// and the kernel's. Mounts are the wall for what is there, and a comparison at the end for what is not.
package struct WriteGuard: Sendable, Hashable {
  /// The deepest first, so that the first one that a path lies in is the one that it counts to.
  package let trees: [Tree]

  /// One directory, or a file that is free within one.
  package struct Tree: Sendable, Hashable {
    /// Absolute, without links.
    package let root: String
    /// None where all that is in it may be changed, whatever is guarded around it.
    package let names: [GuardedName]

    package init(root: String, names: [String]) {
      self.root = root
      self.names = names.map(GuardedName.init)
    }

    /// The names on the way from the root; `nil` for a path outside.
    fileprivate func parts(of path: [UInt8]) -> [ArraySlice<UInt8>]? {
      let root = Array(root.utf8)
      guard path.starts(with: root) else { return nil }
      let rest = path[root.count...]
      return rest.isEmpty || rest.first == UInt8(ascii: "/") ? rest.split(separator: UInt8(ascii: "/")) : nil
    }
  }

  /// - Parameter trees: may lie in each other; what is in an inner one counts to that alone.
  package init(_ trees: [Tree] = []) {
    self.trees = trees.sorted { ($1.root.utf8.count, $0.root) < ($0.root.utf8.count, $1.root) }
  }

  package var isEmpty: Bool { trees.allSatisfy(\.names.isEmpty) }

  /// - Parameter path: absolute, without links, as seen inside.
  package func covers(_ path: [UInt8]) -> Bool {
    guard let (names, parts) = place(of: path) else { return false }
    return names.contains { $0.covers(parts) }
  }

  /// Whether something guarded would come to be if what is at `source` came to be at `path`.
  package func covers(_ path: [UInt8], comingFrom source: [UInt8], finds: ([UInt8]) -> Bool) -> Bool {
    guard let (names, parts) = place(of: path) else { return false }
    return names.contains { name in
      name.covers(parts) || name.rest(below: parts).contains { finds(source + [UInt8(ascii: "/")] + $0) }
    }
  }

  /// - Returns: `nil` for a path that is in none of them, and for a root itself, which is a mount that nothing moves.
  private func place(of path: [UInt8]) -> (names: [GuardedName], parts: [ArraySlice<UInt8>])? {
    for tree in trees {
      guard let parts = tree.parts(of: path) else { continue }
      return parts.isEmpty ? nil : (tree.names, parts)
    }
    return nil
  }
}
