internal import Glibc

/// A program that was started with nothing of this process but what it was given.
struct SpawnedProcess {
  /// Of the watch that ends what hangs; the program is its child.
  let identifier: pid_t

  /// - Parameter output, errors: files that are written from the beginning.
  init(
    _ arguments: [String], environment: [String: String], directory: String, output: String, errors: String
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // A test's own thread may have signals blocked, which a program would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // glibc shows posix_spawn's own way to another directory only to programs that ask for GNU's extensions.
    // Whatever hangs is a failed test, not one that never ends.
    let command = ["/usr/bin/env", "--chdir=\(directory)", "/usr/bin/timeout", "--foreground", "30"] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, command[0], &actions, &attributes, &words, &variables)
    guard failure == 0 else { throw SpawnFailure(program: command[0], code: failure) }
    identifier = child
  }

  /// The exit code as a shell says it: 128 and the signal's number where a signal ended it.
  func wait() -> Int32 {
    var status: CInt = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }
}

struct SpawnFailure: Error {
  let program: String
  let code: CInt
}
