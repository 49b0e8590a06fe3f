internal import Confinement
internal import Evidence
internal import Glibc
internal import Policy

/// Where the changes of one run wait: in its own directory, which no agent can reach.
///
/// `upper` holds them as overlayfs writes them. It is made last and goes first, so that a run has changes that wait as long
/// as it is there, and a kill at any moment loses nothing.
struct OverlayPlace: Sendable {
  /// `<run>/overlay`.
  let path: String

  var upper: String { "\(path)/upper" }
  var work: String { "\(path)/work" }

  init(runDirectory: String) { path = "\(runDirectory)/overlay" }

  /// Of a run that begins now.
  ///
  /// - Throws: ``RunError`` with `.state`, or `.unavailable` for a workspace that cannot be overlaid.
  init(_ settings: RunSettings, _ protection: Protection, runDirectory: String) throws(RunError) {
    self.init(runDirectory: runDirectory)
    try Self.checkMounts(below: settings.workspace)
    try StateDirectory.make(path)
    let policyFile = settings.options.policyFile.flatMap { FilePaths.canonical($0) }
    try write(
      Beginning(workspace: settings.workspace, protection: protection, policyFile: policyFile).json, as: "began.json")
    let names = TreeNames(of: settings.workspace)
    _ = try OutputDirectory(own: path).write(names.bytes, as: "names")
    try keepIndexes(names.gitIndexes, of: settings.workspace)
    for directory in [work, upper] { try StateDirectory.make(directory) }
    // It is the workspace's own directory inside. Nobody else comes here: the directory above is its owner's alone.
    if let status = FileStatus(path: settings.workspace) { chmod(upper, mode_t(status.permissions & 0o777 | 0o700)) }
  }

  var hasChanges: Bool { FilePaths.isDirectory(upper) }

  /// Whether nothing was written inside at all, as in a run that was refused before its agent began.
  var isUntouched: Bool { TreeRoot(upper)?.names(in: .top)?.isEmpty ?? false }

  /// What was in the workspace when the run began; `nil` where that was too much to write down.
  var names: TreeNames? {
    FilePaths.bytes("\(path)/names", limit: 16 * RunLimits.protectedWalkNames).flatMap(TreeNames.init)
  }

  /// Git writes its index anew whenever somebody looks: only what it says now tells later whether it was changed.
  private func keepIndexes(_ paths: [TreePath], of workspace: String) throws(RunError) {
    guard let root = TreeRoot(workspace) else { return }
    var indexes: [String: JSONValue] = [:]
    for path in paths {
      indexes[path.shown] = root.indexFingerprint(path).map { .string($0) }
    }
    try write(.object(indexes), as: "indexes.json")
  }

  /// What git's indexes said when the run began, as ``TreeRoot/fingerprint(_:)`` tells it.
  ///
  /// - Throws: ``RunError`` with `.broken`.
  func indexes() throws(RunError) -> [TreePath: String] {
    var indexes: [TreePath: String] = [:]
    for (name, value) in try read("indexes.json")?.object ?? [:] {
      if let path = TreePath(shown: name) { indexes[path] = value.string }
    }
    return indexes
  }

  /// An overlay shows one file system: what is mounted within the workspace would be empty directories.
  private static func checkMounts(below workspace: String) throws(RunError) {
    let lines = (FilePaths.read("/proc/self/mountinfo", limit: 4 << 20) ?? "").split(separator: "\n")
    for line in lines {
      let fields = line.split(separator: " ")
      guard fields.count > 4 else { continue }
      let place = fields[4].replacing("\\040", with: " ")
      if place.hasPrefix(workspace + "/") {
        throw RunError(
          .unavailable, at: String(place), "is mounted within the workspace, which an overlay could not show.",
          remedy: "Unmount it, start in another directory, or run without --overlay.")
      }
    }
  }

  /// What is known of a run's beginning.
  struct Beginning: Sendable {
    let workspace: String
    /// What was changed in the workspace after this, somebody else changed: nanoseconds since 1970, as the file system's
    /// own clock ticks.
    let began: Int64
    let protection: Protection
    /// Where one was named: what is in force in the workspace is looked for again.
    let policyFile: String?

    init(workspace: String, protection: Protection, policyFile: String?) {
      self.workspace = workspace
      self.protection = protection
      self.policyFile = policyFile
      var now = timespec()
      clock_gettime(CLOCK_REALTIME_COARSE, &now)
      began = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
  }

  /// - Throws: ``RunError`` with `.broken`.
  func beginning() throws(RunError) -> Beginning {
    guard let json = try read("began.json"), let workspace = json["workspace"]?.string,
      let began = json["began"]?.string.flatMap(Int64.init)
    else { throw broken("began.json") }
    var groups: [String: String] = [:]
    for (name, action) in json["groups"]?.object ?? [:] { groups[name] = action.string }
    let own = (json["own"]?.array ?? []).compactMap { entry -> (String, String)? in
      guard let pattern = entry["pattern"]?.string, let action = entry["action"]?.string else { return nil }
      return (pattern, action)
    }
    return Beginning(
      workspace: workspace, began: began,
      protection: Protection(
        groups: groups, own: own, hookPlaces: (json["hookPlaces"]?.array ?? []).compactMap(\.string),
        linked: (json["linked"]?.object ?? [:]).compactMapValues(\.string)),
      policyFile: json["policyFile"]?.string)
  }

  // MARK: What was decided, and what the workspace held

  /// What the workspace held before the run where the agent changed it.
  struct Base {
    /// By path, as ``TreeRoot/fingerprint(_:)`` tells it; `?` where that is not known.
    var held: [TreePath: String] = [:]
    /// Whether these are all of the agent's changes. Another difference is somebody else's doing, later.
    var isWhole = false
  }

  /// - Throws: ``RunError`` with `.broken`: without it somebody's work might be replaced.
  func base() throws(RunError) -> Base {
    guard let value = try read("base.json") else { return Base() }
    var base = Base(isWhole: value["whole"]?.bool ?? false)
    for (name, value) in value["held"]?.object ?? [:] {
      guard let path = TreePath(shown: name), let text = value.string else { throw broken("base.json") }
      base.held[path] = text
    }
    return base
  }

  func keep(_ base: Base) throws(RunError) {
    var held: [String: JSONValue] = [:]
    for (path, text) in base.held { held[path.shown] = .string(text) }
    try write(["held": .object(held), "whole": .bool(base.isWhole)], as: "base.json")
  }

  /// What was applied or discarded.
  ///
  /// - Throws: ``RunError`` with `.broken`.
  func settled() throws(RunError) -> Set<TreePath> {
    Set((try read("settled.json")?.array ?? []).compactMap { $0.string.flatMap(TreePath.init(shown:)) })
  }

  func keep(settled: Set<TreePath>) throws(RunError) {
    try write(.array(settled.sorted().map { .string($0.shown) }), as: "settled.json")
  }

  /// `nil` where there is none.
  private func read(_ name: String) throws(RunError) -> JSONValue? {
    guard FilePaths.exists("\(path)/\(name)") else { return nil }
    guard let bytes = FilePaths.bytes("\(path)/\(name)", limit: RunLimits.reportBytes),
      let value = try? JSONParser.parse(bytes)
    else { throw broken(name) }
    return value
  }

  func broken(_ name: String) -> RunError {
    RunError(
      .broken, at: "\(path)/\(name)", "cannot be read, so that nobody knows what may be applied.",
      remedy: "What was changed is in \(upper).")
  }

  private func write(_ value: JSONValue, as name: String) throws(RunError) {
    let bytes: [UInt8]
    do throws(CanonicalJSONError) {
      bytes = try CanonicalJSON.encode(value)
    } catch {
      throw RunError(.ours, at: name, "has no JSON form: \(error).")
    }
    _ = try OutputDirectory(own: path).write(bytes + [UInt8(ascii: "\n")], as: name)
  }

  /// Removes everything, once nothing waits any more.
  func remove() {
    // At once for whoever looks; what a kill leaves of it, the next one takes along.
    rename(path, "\(path)\(Self.gone)")
    sweep()
  }

  /// Whether a removal was killed.
  var isHalfRemoved: Bool { FilePaths.isDirectory("\(path)\(Self.gone)") }

  /// Removes what an ended run, or one that was being removed when it was killed, does not need: of the kernel's scratch
  /// not even its owner could get rid with rm.
  func sweep() {
    guard let root = TreeRoot(FilePaths.parent(path)) else { return }
    for name in ["overlay\(Self.gone)", "overlay/work"] { _ = root.removeTree(TreePath(bytes: Array(name.utf8))) }
  }

  private static let gone = ".gone"
}

extension OverlayPlace.Beginning {
  fileprivate init(workspace: String, began: Int64, protection: Protection, policyFile: String?) {
    self.workspace = workspace
    self.began = began
    self.protection = protection
    self.policyFile = policyFile
  }

  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "workspace": .string(workspace), "began": .string(String(began)),
      "groups": .object(protection.groupWords.mapValues { .string($0) }),
      "own": .array(
        protection.ownWords.map { ["pattern": .string($0.pattern), "action": .string($0.action)] }),
      "hookPlaces": .array(protection.hookPlaces.map { .string($0) }),
      "linked": .object(protection.linked.mapValues { .string($0.rawValue) }),
    ]
    members["policyFile"] = policyFile.map { .string($0) }
    return .object(members)
  }
}
