internal import Dispatch
internal import Glibc
internal import Sandbox

/// Passes signals that are meant for the agent on to it, for as long as it runs.
final class SignalForwarding {
  private let sources: [any DispatchSourceSignal]

  private static let forwarded: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2]

  init(to confined: ConfinedRun) {
    sources = Self.forwarded.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { confined.signal(number) }
      source.resume()
      return source
    }
  }

  func stop() {
    for source in sources { source.cancel() }
    for number in Self.forwarded { signal(number, SIG_DFL) }
  }
}
