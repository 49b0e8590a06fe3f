package import Confinement
internal import Glibc
internal import Synchronization

/// An agent in its sandbox.
///
/// When this process ends, however it ends, the sandbox's sockets close with it: connections inside are refused at
/// once, and the relay says so on the agent's standard error.
package final class ConfinedRun: Sendable {
  /// Listens on ``proxyPort`` of the sandbox's 127.0.0.1; non-blocking, the receiver's to close.
  package let proxyListener: CInt
  package let resolver: ResolverSockets
  /// Those of the plan, and those asked for before ``launch(_:events:)`` returned.
  package let captureListeners: [CapturePort]
  /// The host's end of the agent's terminal, where it has one; the receiver's to close.
  package let terminal: CInt?
  /// Every layer that stands between the agent and this machine, in the order in which they were engaged.
  package let attestation: [EngagedLayer]

  /// The port of the explicit proxy inside: `http://127.0.0.1:889`. Known before the launch, so that the environment
  /// can name it.
  package static let proxyPort = ConfinementLimits.proxyPort

  private let session: SandboxSession

  init(_ parts: LaunchParts, session: SandboxSession) {
    proxyListener = parts.proxyListener
    resolver = parts.resolver
    captureListeners = parts.captureListeners
    terminal = parts.terminal
    attestation = parts.attestation
    self.session = session
  }

  /// Starts the agent. Returns when its program runs.
  ///
  /// - Parameter events: called on one thread of its own, in order. While it does not return, the agent's connections
  ///   and, after a while, its file accesses wait: slow work belongs elsewhere.
  /// - Throws: ``SandboxError`` where any layer cannot be engaged; nothing has run then.
  package static func launch(
    _ plan: SandboxPlan, events: @escaping @Sendable (ConfinedEvent) -> Void
  ) async throws(SandboxError) -> ConfinedRun {
    let launch = try SandboxLaunch(plan)
    let session = try launch.start(events: events)
    let outcome = await withCheckedContinuation { continuation in
      session.run { continuation.resume(returning: $0) }
    }
    return ConfinedRun(try outcome.get(), session: session)
  }

  /// Sends a signal to the agent: those that a terminal sends to a job go to all of its process group.
  package func signal(_ number: Int32) { session.signal(number) }

  /// Waits for the agent's end, and that of everything it started.
  ///
  /// - Throws: ``SandboxError`` where the sandbox itself was ended from outside.
  package func wait() async throws(SandboxError) -> AgentEnd {
    let outcome = await withCheckedContinuation { continuation in
      session.whenEnded { continuation.resume(returning: $0) }
    }
    return try outcome.get()
  }

  /// Tells the agent's terminal its new size; does nothing where it has none.
  package func resize(to size: TerminalSize) {
    if let terminal { PseudoTerminal.resize(terminal, to: size) }
  }

  /// Ends the sandbox and everything in it, at once.
  package func terminate() { session.terminate() }
}

extension ConfinedRun {
  /// Every descriptor of this run that its receiver has to close, those of events apart.
  package var descriptors: [CInt] {
    [proxyListener, resolver.datagramsIPv4, resolver.datagramsIPv6, resolver.listenerIPv4, resolver.listenerIPv6]
      + captureListeners.flatMap { [$0.listenerIPv4, $0.listenerIPv6] } + (terminal.map { [$0] } ?? [])
  }
}
