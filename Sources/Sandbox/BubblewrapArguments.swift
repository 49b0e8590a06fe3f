internal import Confinement

/// A mount plan in bubblewrap's words.
struct BubblewrapArguments {
  /// As `--args` reads them: each followed by a zero.
  let bytes: [UInt8]
  /// The contents of the descriptors from ``LaunchOrder/Slot/firstFile`` on.
  let files: [[UInt8]]

  init(_ mounts: MountPlan, identity: Identity, hostName: String) {
    var words = [
      "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup", "--as-pid-1",
      "--die-with-parent", "--clearenv", "--cap-drop", "ALL", "--hostname", hostName, "--uid", String(identity.user),
      "--gid", String(identity.group),
    ]
    var files: [[UInt8]] = []
    for operation in mounts.operations { words += Self.words(for: operation, files: &files) }
    words += ["--chdir", "/"]
    bytes = words.flatMap { Array($0.utf8) + [0] }
    self.files = files
  }

  private static func words(for operation: MountOperation, files: inout [[UInt8]]) -> [String] {
    switch operation {
    case .directory(let path): return ["--dir", path]
    case .temporary(let path):
      return ["--perms", path.hasSuffix("/tmp") ? "1777" : "0700", "--size", String(SandboxLimits.temporaryBytes)]
        + ["--tmpfs", path]
    case .bind(let source, let target, let access):
      return [access == .write ? "--bind" : "--ro-bind", source, target]
    case .link(let target, let path): return ["--symlink", target, path]
    case .file(let path, let bytes): return ["--perms", "0444", "--file", slot(for: bytes, in: &files), path]
    case .emptied(let path): return ["--perms", "0444", "--ro-bind-data", slot(for: [], in: &files), path]
    case .devices: return ["--dev", "/dev"]
    case .processes: return ["--proc", "/proc"]
    case .seal(let path): return ["--remount-ro", path]
    }
  }

  private static func slot(for bytes: [UInt8], in files: inout [[UInt8]]) -> String {
    files.append(bytes)
    return String(LaunchOrder.Slot.firstFile + Int32(files.count) - 1)
  }
}
