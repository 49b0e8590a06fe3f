internal import Confinement
internal import Glibc

extension Probe {
  /// What is left when something ends. Each in a sandbox of its own.
  static let ends: [Probe] = [
    Probe("F7.survivors") { _ in
      leaveDeafChildren()
      return Found(.confined, "left two processes behind")
    },
    Probe("O2.killed") { _ in
      leaveDeafChildren()
      return Found(.confined, "waiting to be killed with the run")
    },
  ]

  /// Daemons by the book: away from parent, group, session and directory, deaf to what can be refused.
  private static func leaveDeafChildren() {
    for _ in 0..<2 where fork() == 0 {
      setsid()
      for number in [SIGTERM, SIGHUP, SIGINT] { signal(number, SIG_IGN) }
      if fork() != 0 { _exit(0) }
      chdir("/")
      Processes.closeDescriptors(from: STDERR_FILENO + 1)
      alarm(ProbingLimits.survivorSeconds)
      while true { pause() }
    }
  }
}
