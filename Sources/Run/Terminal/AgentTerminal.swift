internal import Glibc
internal import Sandbox

/// The terminal that the agent gets where its user sits at one.
enum AgentTerminal {
  /// One of its own for whatever of our streams is a terminal, if input is; what is redirected stays so.
  static var streams: SandboxPlan.Streams {
    guard isatty(0) == 1, let size = TerminalRelay.size(of: 0) else { return .inherited() }
    return .pseudoTerminal(size, output: isatty(1) == 1 ? nil : 1, error: isatty(2) == 1 ? nil : 2)
  }

  /// Shows the agent's terminal on the user's.
  static func relay(to agent: CInt) throws(SandboxError) -> TerminalRelay {
    let isShared = isatty(1) == 0 || isatty(2) == 0
    return try TerminalRelay(input: 0, output: output, agent: agent, isShared: isShared)
  }

  /// Input may be open for reading only.
  private static var output: CInt {
    if let stream = [1, 2].first(where: { isatty($0) == 1 }) { return CInt(stream) }
    let terminal = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC)
    return terminal >= 0 ? terminal : 0
  }
}
