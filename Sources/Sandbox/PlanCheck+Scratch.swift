extension PlanCheck {
  /// The steps that put something empty over every place at which the agent could reach a scratch directory's contents.
  ///
  /// What is not there yet is made where its parent can be written: bubblewrap leaves that directory, empty, on the host.
  func scratch(binds: [Bind], workspace: String) throws(SandboxError) -> [MountOperation] {
    var steps: Set<MountOperation> = []
    for path in plan.scratch {
      let target = HostPath.normalized(path)
      try check(scratch: target, workspace: workspace)
      guard !binds.contains(where: { $0.target == target }) else { continue }
      guard let bind = binds.last(where: { HostPath.isWithin(target, $0.target) }) else {
        steps.insert(.temporary(target))
        continue
      }
      guard let real = HostPath.resolved(bind.source + target.dropFirst(bind.target.count)) else {
        if bind.access == .write { steps.insert(.temporary(target)) }
        continue
      }
      // A link leads elsewhere, and another grant may show the same directory a second time.
      let isDirectory = HostPath.isDirectory(real)
      for bind in binds where HostPath.isWithin(real, bind.source) && real != bind.source {
        let place = bind.target + real.dropFirst(bind.source.count)
        steps.insert(isDirectory ? .temporary(place) : .emptied(place))
      }
    }
    return Array(steps)
  }

  private func check(scratch target: String, workspace: String) throws(SandboxError) {
    let home = HostPath.normalized(plan.home.path)
    let isTooMuch = [home, workspace].contains { HostPath.isWithin($0, target) }
    let isOthers = (Self.system + Self.reserved).contains {
      HostPath.isWithin(target, $0) && !HostPath.isWithin(home, $0)
    }
    guard !isTooMuch, !isOthers else {
      throw bad(target, "\(target) cannot be a scratch directory.", "Name a directory below the home directory.")
    }
  }
}
