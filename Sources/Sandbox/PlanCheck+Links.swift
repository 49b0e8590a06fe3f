extension PlanCheck {
  /// Links where a granted path is one on the host: the agent finds its things by the names it knows.
  ///
  /// Each place is named once, and none that is shown already: bubblewrap makes no link over what is there.
  ///
  /// - Parameter operations: the steps that come before.
  /// - Throws: for a link beneath which something is shown by the link's own name.
  func links(binds: [Bind], after operations: [MountOperation]) throws(SandboxError) -> [MountOperation] {
    var taken = Set(operations.compactMap(\.place))
    let shown = Self.system + binds.map(\.target) + operations.compactMap(\.shown)
    var links: [MountOperation] = []
    let granted = (plan.reads + plan.writes).map(HostPath.normalized)
    for path in granted.sorted(by: { (HostPath.depth($0), $0) < (HostPath.depth($1), $1) }) {
      guard HostPath.linkTarget(path) != nil, let target = HostPath.resolved(path),
        let place = place(ofLink: path, after: operations + links), !taken.contains(place),
        !shown.contains(where: { HostPath.isWithin(place, $0) })
      else { continue }
      if let other = binds.first(where: { HostPath.isWithin($0.target, place) }) {
        throw bad(
          path, "\(path) is a symbolic link, and the sandbox has \(other.target) beneath it.",
          "Grant what it leads to instead: \(target).")
      }
      taken.insert(place)
      links.append(.link(to: target, at: place))
    }
    return links
  }

  /// Where a link is made so that it is found by its path: that path itself, but where a directory above it is a link
  /// inside, too, what that leads to.
  private func place(ofLink path: String, after operations: [MountOperation]) -> String? {
    let isBehindLink = operations.contains { operation in
      guard case .link(_, let above) = operation else { return false }
      return above != path && HostPath.isWithin(path, above)
    }
    guard isBehindLink else { return path }
    return HostPath.resolved(HostPath.parent(path)).map { $0 + path.dropFirst(HostPath.parent(path).count) }
  }
}

extension MountOperation {
  /// Where something of the host's is shown with all that is in it.
  fileprivate var shown: String? {
    guard case .bind(_, let target, _) = self else { return nil }
    return target
  }
}
