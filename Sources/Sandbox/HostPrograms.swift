/// Programs of the host that the sandbox is built with.
enum HostPrograms {
  /// The system's places only: bubblewrap decides what the agent sees, so it comes from nobody's own directory.
  static let directories = ["/usr/bin", "/usr/local/bin", "/bin", "/run/current-system/sw/bin"]

  static func bubblewrap(named path: String?) throws(SandboxError) -> String {
    let candidates = path.map { [$0] } ?? directories.map { $0 + "/bwrap" }
    if let found = candidates.first(where: { HostPath.isExecutableFile($0) }) { return found }
    throw SandboxError(
      .layerUnavailable, place: "bubblewrap", "bubblewrap is not installed\(path.map { " at \($0)" } ?? "").",
      remedy: "Install it: \(Remedy.install("bubblewrap"))")
  }
}
