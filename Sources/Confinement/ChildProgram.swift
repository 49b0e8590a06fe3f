internal import CLinux
internal import Glibc

/// A program that this process has started and waits for.
package struct ChildProgram: Sendable {
  package let process: Int32

  /// In a session of its own: it has no terminal, and asks nobody at this process's.
  ///
  /// - Parameters:
  ///   - streams: input, output and errors; they stay the caller's.
  ///   - environment: `NAME=value`, complete.
  package static func start(
    _ path: String, arguments: [String], environment: [String], directory: String, streams: [CInt]
  ) throws(ConfinementFailure) -> ChildProgram {
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    let result = cl_child_program(path, &words, &variables, directory, streams, 1)
    guard result > 0 else { throw ConfinementFailure(.program, "start \(path)", errorNumber: -result) }
    return ChildProgram(process: result)
  }

  /// - Returns: its exit code, 128 and the signal's number where one ended it.
  package func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  package func kill() { Glibc.kill(process, SIGKILL) }

  /// Makes processes that lose their parent this one's children.
  package static func adoptOrphans() throws(ConfinementFailure) {
    let result = cl_adopt_orphans(1)
    guard result == 0 else { throw ConfinementFailure(.kernel, "prctl", errorNumber: -result) }
  }

  /// Waits until no child, adopted ones included, is left.
  ///
  /// - Returns: whether that was so within these seconds.
  package static func noneIsLeft(within seconds: Int) -> Bool {
    var remaining = seconds * 200
    while true {
      let child = waitpid(-1, nil, WNOHANG)
      if child < 0, errno == ECHILD { return true }
      if child > 0 { continue }
      guard remaining > 0 else { return false }
      remaining -= 1
      usleep(5_000)
    }
  }
}
