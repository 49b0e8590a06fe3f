internal import Confinement
internal import Glibc

/// Says what of a plan cannot be, before anything is started.
struct PlanCheck {
  let plan: SandboxPlan

  init(_ plan: SandboxPlan) {
    self.plan = plan
  }

  /// Directories that a sandbox has its own of, or none at all.
  static let reserved = ["/proc", "/sys", "/dev", "/run", "/var/run", "/etc", "/tmp", "/var/tmp"]
  static let system = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/boot"]

  func workspace() throws(SandboxError) -> String {
    guard let path = HostPath.resolved(plan.workspace), HostPath.isDirectory(path) else {
      throw bad(plan.workspace, "The workspace \(plan.workspace) is not a directory.", "Name an existing directory.")
    }
    let home = HostPath.resolved(plan.realHome) ?? HostPath.normalized(plan.realHome)
    guard !HostPath.isWithin(home, path) else {
      throw bad(
        path, "The workspace \(path) contains your whole home directory.",
        "Start in a project's own directory: the directory that you start in is the workspace.")
    }
    for directory in Self.system + ["/proc", "/sys", "/dev", "/run", "/etc"] where HostPath.isWithin(path, directory) {
      throw bad(path, "The workspace \(path) lies in \(directory), which an agent may not change.", "Choose another.")
    }
    guard path != "/tmp", path != "/var/tmp", path != "/var" else {
      throw bad(path, "The workspace \(path) is shared with the whole system.", "Make a directory in it.")
    }
    for store in CredentialStores.inHome where HostPath.isWithin(path, home + "/" + store) {
      throw bad(path, "The workspace \(path) lies in the credential store ~/\(store).", "Choose another.")
    }
    return path
  }

  func workingDirectory(workspace: String) throws(SandboxError) -> String {
    guard let wanted = plan.workingDirectory else { return workspace }
    guard let path = HostPath.resolved(wanted), HostPath.isDirectory(path) else {
      throw bad(wanted, "The working directory \(wanted) does not exist.", "Name an existing directory.")
    }
    return path
  }

  /// The host's root stays root for the kernel, whatever the sandbox calls it: with a writable `/proc` it could set the
  /// kernel's core pattern, and so run programs outside.
  func nesting() throws(SandboxError) {
    guard plan.allowsNestedSandboxes, geteuid() == 0 else { return }
    throw bad(
      "allowsNestedSandboxes", "Nested sandboxes cannot be allowed to an agent that runs as root.",
      "Run sallyport as an ordinary user, or switch the agent's own sandbox off.")
  }

  /// What the three standard streams are.
  ///
  /// - Throws: for one that is closed, a directory, or no file at all.
  static func streams(_ descriptors: [CInt?]) throws(SandboxError) -> [StreamIdentity?] {
    var streams: [StreamIdentity?] = []
    for (name, descriptor) in zip(["input", "output", "error"], descriptors) {
      guard let descriptor else {
        streams.append(nil)
        continue
      }
      guard let identity = StreamIdentity(of: descriptor) else {
        throw SandboxError(
          .badPlan, place: "standard \(name)",
          "The standard \(name) stream is not a file, a pipe, a socket or a terminal.",
          remedy: "Redirect it, for example to /dev/null.")
      }
      streams.append(identity)
    }
    return streams
  }

  func helper() throws(SandboxError) -> String {
    guard let path = HostPath.resolved(plan.helper), HostPath.isExecutableFile(path) else {
      throw SandboxError(
        .badPlan, place: plan.helper, "The program sallyport-init is not at \(plan.helper).",
        remedy: "Install Sallyport again: `make install` puts it beside `sallyport`.")
    }
    return path
  }

  /// Everything of the host that the plan names, sources resolved.
  func binds(workspace: String) throws(SandboxError) -> [Bind] {
    var binds = [Bind(source: workspace, target: workspace, access: .write)]
    let homePath = HostPath.normalized(plan.home.path)
    guard homePath != "/", !Self.system.contains(homePath), !Self.reserved.contains(homePath) else {
      throw bad(homePath, "The home directory cannot be \(homePath).", "Name a directory such as /home/user.")
    }
    if case .directory(let source) = plan.home.contents {
      binds.append(try resolved(Bind(source: source, target: homePath, access: .write)))
    }
    for bind in plan.home.binds {
      if bind.isOptional, HostPath.resolved(bind.source) == nil { continue }
      binds.append(try resolved(bind))
    }
    for path in plan.reads { binds.append(try grant(path, .read)) }
    for path in plan.writes { binds.append(try grant(path, .write)) }
    return merged(binds)
  }

  private func grant(_ path: String, _ access: Bind.Access) throws(SandboxError) -> Bind {
    guard path.hasPrefix("/") else {
      throw bad(path, "The grant \(path) is not an absolute path.", "Write it from the root on.")
    }
    guard let real = HostPath.resolved(path) else {
      throw bad(path, "The granted path \(path) does not exist.", "Create it, or leave the grant away.")
    }
    return try resolved(Bind(source: real, target: real, access: access))
  }

  private func resolved(_ bind: Bind) throws(SandboxError) -> Bind {
    guard let source = HostPath.resolved(bind.source) else {
      throw bad(bind.source, "The path \(bind.source) does not exist.", "Create it, or leave it out of the plan.")
    }
    let target = HostPath.normalized(bind.target)
    for path in [source, target] {
      if path == "/" {
        throw bad(path, "The whole file system cannot be granted.", "Name the directories that are needed.")
      }
      for directory in ["/proc", "/sys", "/dev", "/run", "/var/run"] where HostPath.isWithin(path, directory) {
        throw bad(path, "\(path) cannot be granted: \(directory) leads to the host's own.", "Leave it away.")
      }
      if ["/etc", "/tmp", "/var", "/var/tmp", "/home"].contains(path) {
        throw bad(path, "\(path) cannot be granted whole.", "Name what is needed in it.")
      }
    }
    if bind.access == .write {
      for directory in Self.system + ["/etc"] where HostPath.isWithin(target, directory) {
        throw bad(
          target, "\(target) cannot be granted for writing: \(directory) is the system's.", "Grant it with --read.")
      }
    }
    return Bind(source: source, target: target, access: bind.access)
  }

  /// One bind per target: writing includes reading.
  private func merged(_ binds: [Bind]) -> [Bind] {
    var byTarget: [String: Bind] = [:]
    for bind in binds {
      if let other = byTarget[bind.target], other.access == .write { continue }
      byTarget[bind.target] = bind
    }
    return Array(byTarget.values)
  }

  func bad(_ place: String, _ sentence: String, _ remedy: String) -> SandboxError {
    SandboxError(.badPlan, place: place, sentence, remedy: remedy)
  }
}
