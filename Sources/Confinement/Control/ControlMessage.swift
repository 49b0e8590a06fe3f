/// What host, relay and init tell each other. One packet each; descriptors travel with those that say so.
package enum ControlMessage: Sendable, Hashable {
  // Host to relay.
  /// With the program book and the guarded places first, which the relay keeps. Then, for bubblewrap: its arguments,
  /// init's order, the agent's three standard streams, and the files that its arguments name, in order.
  case launch(LaunchOrder)
  // Host to relay, and relay to init.
  case signal(Int32)

  // Relay to host.
  /// With the listeners: the proxy's; the resolver's UDP over IPv4 and IPv6, then TCP over IPv4 and IPv6.
  case network
  /// With the IPv4 and the IPv6 listener of this port.
  case captured(port: UInt16)
  case observed([Observation])
  /// No more ports are captured: ``ConfinementLimits/capturePorts`` is reached.
  case portsExhausted
  /// UDP datagrams that went to no program of the sandbox, and so nowhere; just before ``ended(_:)``.
  case datagramsRefused(UInt64)

  // Init to relay, and relay to host.
  case engaged(EngagedLayer)
  case failed(ConfinementFailure)
  /// With the host's end of the agent's terminal.
  case terminal
  /// The agent's program runs.
  case started
  /// A signal stopped the agent; it goes on when SIGCONT is sent to it.
  case stopped(Int32)
  case ended(AgentEnd)

  // Init to relay.
  /// With the filter's listener.
  case listener
}

/// How the agent ended.
package struct AgentEnd: Sendable, Hashable {
  /// The exit code, or `nil` where a signal ended it.
  package let code: Int32?
  package let signal: Int32?
  /// Processes that the agent left behind and that were ended for it.
  package let survivors: Int32

  package init(code: Int32?, signal: Int32?, survivors: Int32) {
    self.code = code
    self.signal = signal
    self.survivors = survivors
  }

  /// The exit code as shells pass it on: 128 and the signal's number for a program that a signal ended.
  package var exitCode: Int32 { code ?? 128 + (signal ?? 0) }
}

/// What the relay needs to know before it starts bubblewrap.
package struct LaunchOrder: Sendable, Hashable {
  package let bubblewrap: String
  package let inner: Identity
  /// The ports with a listener from the start.
  package let capturePorts: [UInt16]
  package let observation: ObservationLevel
  package let overlay: WorkspaceOverlay?

  package init(
    bubblewrap: String, inner: Identity, capturePorts: [UInt16], observation: ObservationLevel,
    overlay: WorkspaceOverlay? = nil
  ) {
    self.bubblewrap = bubblewrap
    self.inner = inner
    self.capturePorts = capturePorts
    self.observation = observation
    self.overlay = overlay
  }

  /// Where `sallyport-init` is inside the sandbox.
  package static let helperTarget = "/.sallyport/init"

  /// How the descriptors of a launch are numbered in the relay and in everything that it starts.
  package enum Slot {
    package static let bubblewrapArguments = ConfinementLimits.firstOrderDescriptor
    package static let initOrder = ConfinementLimits.firstOrderDescriptor + 1
    package static let standardInput = ConfinementLimits.firstOrderDescriptor + 2
    package static let standardOutput = ConfinementLimits.firstOrderDescriptor + 3
    package static let standardError = ConfinementLimits.firstOrderDescriptor + 4
    /// Init's end of its control channel; the relay puts it there itself.
    package static let initControl = ConfinementLimits.firstOrderDescriptor + 5
    /// The first of those that bubblewrap's arguments name.
    package static let firstFile = ConfinementLimits.firstOrderDescriptor + 6
    /// How many descriptors the relay keeps.
    package static let keptCount = 2
    /// How many descriptors bubblewrap is given before the files.
    package static let fixedCount = 5
  }
}
