internal import CLinux
internal import Glibc

/// What a process does to itself and to others before and while it is confined. All of it by the calling process,
/// which must have one thread.
package enum Processes {
  /// - Returns: 0 in the child, the child's number in the parent.
  package static func fork() throws(ConfinementFailure) -> Int32 {
    let child = cl_fork()
    guard child >= 0 else { throw ConfinementFailure(.kernel, "fork", errorNumber: -child) }
    return child
  }

  /// Gives up every capability, those that an exec could bring back included.
  package static func dropCapabilities() throws(ConfinementFailure) -> EngagedLayer {
    let result = cl_drop_capabilities()
    guard result == 0 else { throw ConfinementFailure(.capabilities, "capset", errorNumber: -result) }
    guard cl_bounding_set_is_empty() == 1 else {
      throw ConfinementFailure(.capabilities, "empty the bounding set", errorNumber: EPERM)
    }
    return EngagedLayer(.capabilities, "none in any set")
  }

  package static func refuseNewPrivileges() throws(ConfinementFailure) -> EngagedLayer {
    let result = cl_no_new_privileges()
    guard result == 0 else { throw ConfinementFailure(.noNewPrivileges, "prctl", errorNumber: -result) }
    return EngagedLayer(.noNewPrivileges, "set-user-ID programs and file capabilities have no effect")
  }

  /// Leaves the user's session keyring behind.
  package static func joinNewKeyring() throws(ConfinementFailure) -> EngagedLayer {
    let result = cl_new_session_keyring()
    // Containers often forbid the whole call; then no key can be reached either.
    if result == -ENOSYS || result == -EPERM { return EngagedLayer(.keyring, "keyctl is not available on this host") }
    guard result == 0 else { throw ConfinementFailure(.keyring, "keyctl", errorNumber: -result) }
    return EngagedLayer(.keyring, "a new, empty session keyring")
  }

  /// Makes the process's memory and descriptors unreachable for others of the same user.
  package static func hideFromOthers() { _ = cl_set_dumpable(0) }

  /// Makes the kernel end this process when the thread that started it ends.
  ///
  /// - Parameter parent: that thread's process.
  /// - Returns: whether it is alive still; else the signal that tells of its end will never come.
  package static func dieWithParent(_ parent: Int32) -> Bool {
    cl_signal_on_parent_death(SIGKILL) == 0 && getppid() == parent
  }

  /// Closes all descriptors from `first` on, at once or when a program is started.
  package static func closeDescriptors(from first: Int32, onExec: Bool = false) {
    _ = cl_close_from(UInt32(first), onExec ? 1 : 0)
  }

  package static func resetSignals() { cl_reset_signals() }

  /// Lets this process, and what it starts from now on, have as many open files as it may give itself: shells set a lower
  /// limit, for the sake of programs that use select(2). Where that fails, the lower one stays.
  package static func raiseOpenFiles() { _ = cl_raise_open_files() }

  /// - Throws: only for the limit on core dumps; the others may be lower already, which is as good.
  package static func limit(_ limits: ResourceLimits) throws(ConfinementFailure) {
    let result = cl_limit(cl_resource_core(), 0)
    guard result == 0 else { throw ConfinementFailure(.kernel, "setrlimit", errorNumber: -result) }
    let wanted = [
      (cl_resource_processes(), limits.processes), (cl_resource_open_files(), limits.openFiles),
      (cl_resource_file_size(), limits.fileBytes), (cl_resource_address_space(), limits.addressSpaceBytes),
    ]
    for case (let resource, let value?) in wanted { _ = cl_limit(resource, value) }
  }

  /// Replaces the process with a program, found as execvp(3) finds it. Returns only where that failed.
  package static func replace(
    with program: String, arguments: [String], environment: [String], searching path: String
  ) -> ConfinementFailure {
    let candidates =
      program.contains("/")
      ? [program]
      : path.split(separator: ":", omittingEmptySubsequences: false).map { ($0.isEmpty ? "." : $0) + "/" + program }
    var worst = ENOENT
    for candidate in candidates {
      let failure = execute(candidate, [program] + arguments, environment)
      if failure == ENOEXEC { worst = execute("/bin/sh", ["sh", candidate] + arguments, environment) }
      if failure != ENOENT, failure != ENOTDIR, failure != ENOEXEC { worst = failure }
    }
    return ConfinementFailure(.program, program, errorNumber: worst)
  }

  private static func execute(_ path: String, _ arguments: [String], _ environment: [String]) -> Int32 {
    let argumentPointers = arguments.map { strdup($0) } + [nil]
    let environmentPointers = environment.map { strdup($0) } + [nil]
    execve(path, argumentPointers, environmentPointers)
    let failure = errno
    for pointer in argumentPointers + environmentPointers { free(pointer) }
    return failure
  }
}
