internal import Confinement
internal import Glibc

/// The relay as the host sees it: a child and the channel to it.
struct RelayProcess: Sendable {
  let process: Int32
  /// The host's end.
  let control: CInt

  /// Starts `sallyport-init relay`.
  ///
  /// - Parameters:
  ///   - errorStream: where it tells the agent's user that the host has died.
  ///   - terminal: the user's, which it gives back where the host is killed.
  static func start(_ helper: String, errorStream: CInt?, terminal: CInt? = nil) throws(SandboxError) -> RelayProcess {
    let ends: (CInt, CInt)
    do throws(ConfinementFailure) {
      ends = try ControlChannel.pair()
    } catch {
      throw Remedy.error(for: error, program: helper)
    }
    defer { close(ends.1) }
    var process: pid_t = 0
    let failure = spawn(helper, control: ends.1, errorStream: errorStream, terminal: terminal, &process)
    guard failure == 0 else {
      close(ends.0)
      throw SandboxError(
        .badPlan, place: helper, "The program \(helper) cannot be started (\(String(cString: strerror(failure)))).",
        remedy: "Install Sallyport again: `make install` puts it beside `sallyport`.")
    }
    return RelayProcess(process: process, control: ends.0)
  }

  func send(_ message: ControlMessage, with descriptors: [CInt]) -> Bool {
    ControlChannel.send(message, with: descriptors, over: control)
  }

  private static func spawn(
    _ helper: String, control: CInt, errorStream: CInt?, terminal: CInt?, _ process: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // Everything else is close-on-exec or closed by the relay as its first act. The error stream first: it may be the
    // number that the channel is to have.
    if let errorStream { posix_spawn_file_actions_adddup2(&actions, errorStream, 2) }
    posix_spawn_file_actions_adddup2(&actions, control, 3)
    // Before input is another one.
    if let terminal { posix_spawn_file_actions_adddup2(&actions, terminal, 4) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    if errorStream == nil { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let words = ["sallyport-init", "relay"] + (terminal == nil ? [] : ["--terminal"])
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let environment: [UnsafeMutablePointer<CChar>?] = [nil]
    return posix_spawn(&process, helper, &actions, &attributes, arguments, environment)
  }
}
