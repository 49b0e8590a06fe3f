internal import Confinement
internal import Glibc

/// The state directories of one user's runs on this machine: by them, runs in one workspace find each other whatever
/// their `SALLYPORT_HOME`.
///
/// Each is a file in `$XDG_RUNTIME_DIR/sallyport`, else in `/run/user/UID/sallyport` or `/tmp/sallyport-UID`. Where
/// that is not a directory of the user's alone, runs know those of their own state.
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

  /// Notes a state directory, under a name that is its own alone.
  func note(_ state: StateDirectory) {
    guard let identity = FileStatus(path: state.path, follows: true)?.identity else { return }
    _ = try? OutputDirectory(own: directory).write(Array(state.path.utf8), as: "\(identity.device)-\(identity.file)")
  }

  /// All that are noted and still there.
  func states() -> [StateDirectory] {
    FilePaths.names(in: directory, limit: RunLimits.knownStates).sorted().compactMap { name in
      let file = "\(directory)/\(name)"
      guard let path = FilePaths.read(file, limit: Int(PATH_MAX)), path.hasPrefix("/") else { return nil }
      guard FilePaths.isDirectory(path) else {
        unlink(file)
        return nil
      }
      return FilePaths.isOwn(path) && isOutOfReach(path) ? StateDirectory(path: path) : nil
    }
  }

  /// Whether no agent of this run can say there what it likes.
  private func isOutOfReach(_ path: String) -> Bool {
    let real = FilePaths.resolved(path)
    return !changeable.contains { FilePaths.isWithin(real, $0) }
  }
}
