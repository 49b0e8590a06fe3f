internal import Confinement

/// The sandbox's files as a list of steps, and what Landlock is to allow of them. Made from a plan and from what is on
/// the host; changes nothing.
package struct MountPlan: Sendable {
  package private(set) var operations: [MountOperation] = []
  /// Every bind with its source resolved, shallow targets first.
  package private(set) var binds: [Bind] = []
  package let workspace: String
  package let workingDirectory: String

  package init(_ plan: SandboxPlan) throws(SandboxError) {
    let check = PlanCheck(plan)
    workspace = try check.workspace()
    workingDirectory = try check.workingDirectory(workspace: workspace)
    binds = try check.binds(workspace: workspace).sorted { HostPath.depth($0.target) < HostPath.depth($1.target) }
    try check.nesting()
    addSystem()
    try addEtc(plan)
    addHome(plan)
    operations += try check.links(binds: binds, after: operations)
    // Shallow ones first: each covers what is beneath it, and is covered by what was granted in it.
    let shown = binds.map { MountOperation.bind(source: $0.source, target: $0.target, access: $0.access) }
    let pins = pins(plan)
    let layers = try shown + pins.directories + check.scratch(binds: binds, workspace: workspace)
    operations += layers.sorted { ($0.depth, "\($0)") < ($1.depth, "\($1)") }
    addMasks(plan)
    operations += pins.places
    operations.append(.directory("/.sallyport"))
    operations.append(.bind(source: try check.helper(), target: LaunchOrder.helperTarget, access: .read))
    operations.append(.seal("/"))
    // Only nested sandboxes have business in writing there. For the host's root it would be more than that: the kernel's
    // settings under /proc/sys ask for the user's number, not for a capability.
    if !plan.allowsNestedSandboxes { operations.append(.seal("/proc")) }
    try checkCount()
  }

  private func checkCount() throws(SandboxError) {
    let count = operations.count { operation in
      switch operation {
      case .file, .emptied: true
      default: false
      }
    }
    guard count <= SandboxLimits.syntheticFiles else {
      throw SandboxError(
        .badPlan, place: workspace, "The plan makes or empties \(count) files.",
        remedy: "At most \(SandboxLimits.syntheticFiles) are possible: hide their directory instead.")
    }
  }

  private mutating func addSystem() {
    for name in ["usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "opt", "nix", "home"] {
      let path = "/" + name
      if let target = HostPath.linkTarget(path) {
        operations.append(.link(to: target, at: path))
      } else if name != "home", HostPath.isDirectory(path) {
        operations.append(.bind(source: path, target: path, access: .read))
      }
    }
    operations += [.processes, .devices, .temporary("/tmp"), .directory("/var"), .temporary("/var/tmp")]
    // How many processors there are, for those who size their thread pools by it.
    let processors = "/sys/devices/system/cpu"
    if HostPath.isDirectory(processors) {
      operations.append(.bind(source: processors, target: processors, access: .read))
    }
  }

  private mutating func addEtc(_ plan: SandboxPlan) throws(SandboxError) {
    operations.append(.directory("/etc"))
    for name in SyntheticEtc.fromHost where plan.etcFiles[name] == nil {
      let path = "/etc/" + name
      if let target = HostPath.linkTarget(path) {
        operations.append(.link(to: target, at: path))
      } else if HostPath.exists(path) {
        operations.append(.bind(source: path, target: path, access: .read))
      }
    }
    if let bundle = plan.caBundle {
      guard let source = HostPath.resolved(bundle) else {
        throw SandboxError(
          .badPlan, place: bundle, "The certificate bundle \(bundle) does not exist.",
          remedy: "Run `sallyport doctor` to have it made again.")
      }
      for name in SyntheticEtc.certificateFiles {
        operations.append(.bind(source: source, target: "/etc/" + name, access: .read))
      }
    }
    let own = SyntheticEtc.files(home: HostPath.normalized(plan.home.path), hostName: plan.hostName)
    let files = own.merging(plan.etcFiles) { _, given in given }
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) { operations.append(.file("/etc/" + name, bytes)) }
  }

  private mutating func addHome(_ plan: SandboxPlan) {
    if case .temporary = plan.home.contents {
      operations.append(.temporary(HostPath.normalized(plan.home.path)))
    }
  }

  private mutating func addMasks(_ plan: SandboxPlan) {
    for path in CredentialMasks(realHome: plan.realHome, binds: binds).targets + hidden(plan) {
      operations.append(path.mask)
      if case .temporary = path.mask { operations.append(.seal(path.target)) }
    }
    for name in plan.protectedInWorkspace {
      guard let path = inWorkspace(name), HostPath.exists(path) else { continue }
      operations.append(.bind(source: path, target: path, access: .read))
    }
  }

  /// A directory that is a mount of its own can be neither moved nor removed, and so what is mounted in it stays where it
  /// is. Nothing is mounted on what a link leads to: its name could be made to lead elsewhere.
  ///
  /// - Returns: the directories, among which what lies in them comes later, and what cannot be changed.
  private func pins(_ plan: SandboxPlan) -> (directories: [MountOperation], places: [MountOperation]) {
    var directories: Set<String> = []
    var places: [MountOperation] = []
    for (root, name) in plan.guarded.flatMap({ tree in tree.pinned.map { (tree.root, $0) } }) {
      guard let root = HostPath.resolved(root), let path = Self.place(name, in: root), path != root,
        HostPath.resolved(path) == path,
        let around = binds.last(where: { HostPath.isWithin(path, $0.target) }),
        // What only can be read is as safe as it gets.
        around.access == .write, around.source == around.target
      else { continue }
      places.append(.bind(source: path, target: path, access: .read))
      var directory = HostPath.parent(path)
      while directory != around.target, HostPath.isWithin(directory, around.target) {
        directories.insert(directory)
        directory = HostPath.parent(directory)
      }
    }
    return (directories.map { .bind(source: $0, target: $0, access: .write) }, places)
  }

  private func hidden(_ plan: SandboxPlan) -> [Mask] {
    plan.hiddenInWorkspace.compactMap { name in
      inWorkspace(name).flatMap { HostPath.resolved($0) }.flatMap { path in
        HostPath.isWithin(path, workspace) && path != workspace
          ? Mask(target: path, isDirectory: HostPath.isDirectory(path)) : nil
      }
    }
  }

  /// The host's path of a name relative to the workspace; `nil` for one that leads out of it.
  private func inWorkspace(_ name: String) -> String? { Self.place(name, in: workspace) }

  private static func place(_ name: String, in root: String) -> String? {
    let path = HostPath.normalized(root + "/" + name)
    return HostPath.isWithin(path, root) ? path : nil
  }
}

/// A path that is there and empty.
struct Mask: Sendable, Hashable {
  let target: String
  let isDirectory: Bool

  var mask: MountOperation {
    isDirectory ? .temporary(target) : .emptied(target)
  }
}
