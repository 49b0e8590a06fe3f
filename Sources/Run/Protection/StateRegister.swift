internal import Confinement
internal import Glibc

/// The state directories of one user's runs on this machine: by them, runs in one workspace find each other whatever
/// their `SALLYPORT_HOME`.
///
/// Each run under way has a file in `$XDG_RUNTIME_DIR/sallyport`, else in `/run/user/UID/sallyport` or
/// `/tmp/sallyport-UID`, called as the run is. Where that is not a directory of the user's alone, runs know those of
/// their own state.
struct StateRegister {
  private let directory: String
  /// Canonical directories that an agent can write to.
  private let changeable: [String]

  /// - Returns: `nil` where there is no place for it.
  init?(environment: [String: String], changeable: [String]) {
    let user = geteuid()
    let session = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/run/user/\(user)"
    directory = FilePaths.isOwn(session) ? "\(session)/sallyport" : "/tmp/sallyport-\(user)"
    self.changeable = changeable
    mkdir(directory, 0o700)
    guard let status = FileStatus(path: directory), status.kind == .directory, status.owner == user,
      status.permissions & 0o077 == 0, isOutOfReach(directory)
    else { return nil }
  }

  /// Notes where a run's state is, once its live directory is locked.
  func note(_ run: String, in state: StateDirectory) {
    _ = try? OutputDirectory(own: directory).write(Array(state.path.utf8), as: run)
  }

  func remove(_ run: String) { unlink("\(directory)/\(run)") }

  /// Those of runs that are under way. What killed runs noted is removed.
  func states() -> [StateDirectory] {
    var known: Set<String> = []
    return FilePaths.names(in: directory, limit: RunLimits.liveRuns).sorted().compactMap { run in
      let file = "\(directory)/\(run)"
      // One that is being written begins with a dot.
      guard run.first != ".", let path = FilePaths.read(file, limit: Int(PATH_MAX)), path.hasPrefix("/") else {
        return nil
      }
      let state = StateDirectory(path: path)
      let live = "\(state.live)/\(run)"
      guard LiveDirectory.isLocked(live) else {
        // Another container's runs have their state where this one cannot look.
        if LiveDirectory.hasEnded(live, in: state.live) { unlink(file) }
        return nil
      }
      return known.insert(path).inserted && FilePaths.isOwn(path) && isOutOfReach(path) ? state : nil
    }
  }

  /// Whether no agent of this run can say there what it likes.
  private func isOutOfReach(_ path: String) -> Bool {
    let real = FilePaths.resolved(path)
    return !changeable.contains { FilePaths.isWithin(real, $0) }
  }
}
