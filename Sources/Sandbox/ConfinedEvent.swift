package import Confinement

/// What happens while an agent runs.
package enum ConfinedEvent: Sendable {
  /// Something is about to connect to a port that nobody listened on until now.
  case captured(CapturePort)
  /// In order; one process's repetitions of the same are left out.
  case observed([Observation])
  /// The agent was stopped by this signal; it goes on when SIGCONT is sent to it.
  case stopped(by: Int32)
  /// So many ports were asked for that further ones are refused.
  case portsExhausted
  /// UDP datagrams that went nowhere, all in all; told once, at the end.
  case datagramsRefused(UInt64)
}
