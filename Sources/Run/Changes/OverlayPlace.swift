internal import Confinement
internal import Evidence
internal import Glibc
internal import Policy

/// Where the changes of one run wait: in its own directory, which no agent can reach.
///
/// `upper` holds them as overlayfs writes them, and is the only thing that counts: all else can be made again or is about
/// what was decided. So a kill at any moment loses nothing.
struct OverlayPlace: Sendable {
  /// `<run>/overlay`.
  let path: String

  var upper: String { "\(path)/upper" }
  var work: String { "\(path)/work" }

  init(runDirectory: String) { path = "\(runDirectory)/overlay" }

  /// Of a run that begins now.
  ///
  /// - Throws: ``RunError`` with `.state`, or `.unavailable` for a workspace that cannot be overlaid.
  init(_ settings: RunSettings, runDirectory: String) throws(RunError) {
    self.init(runDirectory: runDirectory)
    try Self.checkMounts(below: settings.workspace)
    for directory in [path, upper, work] { try StateDirectory.make(directory) }
    // It is the workspace's own directory inside. Nobody else comes here: the directory above is its owner's alone.
    if let status = FileStatus(path: settings.workspace) { chmod(upper, mode_t(status.permissions & 0o777 | 0o700)) }
    try write(Beginning(workspace: settings.workspace, protection: settings.policy.protection).json, as: "began.json")
    _ = try OutputDirectory(own: path).write(TreeNames(of: settings.workspace).bytes, as: "names")
  }

  /// What was in the workspace when the run began; `nil` where that was too much to write down.
  var names: TreeNames? {
    FilePaths.bytes("\(path)/names", limit: 16 * RunLimits.protectedWalkNames).flatMap(TreeNames.init)
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

    init(workspace: String, protection: Protection) {
      self.workspace = workspace
      self.protection = protection
      var now = timespec()
      clock_gettime(CLOCK_REALTIME_COARSE, &now)
      began = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
  }

  var beginning: Beginning? {
    guard let bytes = FilePaths.bytes("\(path)/began.json", limit: 1 << 20),
      let json = try? JSONParser.parse(bytes), let workspace = json["workspace"]?.string,
      let began = json["began"]?.string.flatMap(Int64.init)
    else { return nil }
    var groups: [String: String] = [:]
    for (name, action) in json["groups"]?.object ?? [:] { groups[name] = action.string }
    let own = (json["own"]?.array ?? []).compactMap { entry -> (String, String)? in
      guard let pattern = entry["pattern"]?.string, let action = entry["action"]?.string else { return nil }
      return (pattern, action)
    }
    return Beginning(workspace: workspace, began: began, protection: Protection(groups: groups, own: own))
  }

  // MARK: What was decided, and what the workspace held

  /// By path: what the workspace held before the run, as ``TreeRoot/fingerprint(_:)`` tells it, `?` where that is not
  /// known.
  var base: [TreePath: String] {
    guard let bytes = FilePaths.bytes("\(path)/base.json", limit: RunLimits.reportBytes),
      let entries = (try? JSONParser.parse(bytes))?.object
    else { return [:] }
    var base: [TreePath: String] = [:]
    for (name, value) in entries {
      if let path = TreePath(shown: name), let text = value.string { base[path] = text }
    }
    return base
  }

  func keep(base: [TreePath: String]) throws(RunError) {
    var entries: [String: JSONValue] = [:]
    for (path, text) in base { entries[path.shown] = .string(text) }
    try write(.object(entries), as: "base.json")
  }

  /// What was applied or discarded.
  var settled: Set<TreePath> {
    guard let bytes = FilePaths.bytes("\(path)/settled.json", limit: RunLimits.reportBytes),
      let names = (try? JSONParser.parse(bytes))?.array
    else { return [] }
    return Set(names.compactMap { $0.string.flatMap(TreePath.init(shown:)) })
  }

  func keep(settled: Set<TreePath>) throws(RunError) {
    try write(.array(settled.sorted().map { .string($0.shown) }), as: "settled.json")
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
    guard let root = TreeRoot(FilePaths.parent(path)) else { return }
    _ = root.removeTree(TreePath(bytes: Array("overlay".utf8)))
  }
}

extension OverlayPlace.Beginning {
  fileprivate init(workspace: String, began: Int64, protection: Protection) {
    self.workspace = workspace
    self.began = began
    self.protection = protection
  }

  fileprivate var json: JSONValue {
    [
      "workspace": .string(workspace), "began": .string(String(began)),
      "groups": .object(protection.groupWords.mapValues { .string($0) }),
      "own": .array(
        protection.ownWords.map { ["pattern": .string($0.pattern), "action": .string($0.action)] }),
    ]
  }
}
