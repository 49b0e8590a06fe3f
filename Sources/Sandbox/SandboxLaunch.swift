internal import Confinement
internal import Glibc

/// A checked plan, translated into what relay, bubblewrap and init are told.
struct SandboxLaunch {
  private let plan: SandboxPlan
  private let bubblewrap: String
  private let helper: String
  private let arguments: BubblewrapArguments
  private let initOrder: InitOrder
  private let identity = Identity.inner
  private let workspace: String

  init(_ plan: SandboxPlan) throws(SandboxError) {
    self.plan = plan
    bubblewrap = try HostPrograms.bubblewrap(named: plan.bubblewrap)
    helper = try PlanCheck(plan).helper()
    let mounts = try MountPlan(plan)
    arguments = BubblewrapArguments(mounts, identity: identity, hostName: plan.hostName)
    workspace = mounts.workspace
    var size: TerminalSize?
    if case .pseudoTerminal(let wanted, _, _) = plan.streams { size = wanted }
    let streams = try PlanCheck.streams(plan.streams.descriptors)
    initOrder = InitOrder(
      program: plan.program, arguments: plan.arguments,
      environment: plan.environment.map { "\($0.key)=\($0.value)" }.sorted(),
      workingDirectory: mounts.workingDirectory, terminal: size,
      streams: streams, startsInBackground: size != nil && streams != [nil, nil, nil],
      systemCalls: SystemCallPolicy(
        allowsNestedSandboxes: plan.allowsNestedSandboxes, allowsDebugging: plan.allowsDebugging,
        observation: plan.observation, guardsNames: !Self.writeGuard(of: plan).isEmpty),
      grants: plan.allowsNestedSandboxes ? nil : mounts.grants, limits: plan.limits)
  }

  private static func writeGuard(of plan: SandboxPlan) -> WriteGuard {
    WriteGuard(plan.guarded.map { .init(root: HostPath.resolved($0.root) ?? $0.root, names: $0.names) })
  }

  /// Starts the relay, gives it everything, and makes ready to listen to it.
  func start(events: @escaping @Sendable (ConfinedEvent) -> Void) throws(SandboxError) -> SandboxSession {
    SandboxSession(relay: try startRelay(), program: plan.program, events: events)
  }

  func startRelay() throws(SandboxError) -> RelayProcess {
    let relay = try RelayProcess.start(
      helper, errorStream: plan.streams.descriptors[2], terminal: plan.streams.terminal)
    do throws(ConfinementFailure) {
      try giveOrders(to: relay)
    } catch {
      throw Remedy.error(for: error, program: plan.program)
    }
    return relay
  }

  private func giveOrders(to relay: RelayProcess) throws(ConfinementFailure) {
    let order = try Descriptor.memoryFile(named: "sallyport-init", holding: initOrder.bytes)
    let words = try Descriptor.memoryFile(named: "sallyport-bwrap", holding: arguments.bytes)
    let nothing = Descriptor(owning: open("/dev/null", O_RDWR | O_CLOEXEC))
    var files: [CInt] = []
    defer { for file in files { close(file) } }
    for bytes in arguments.files {
      files.append(try Descriptor.memoryFile(named: "sallyport-etc", holding: bytes).release())
    }
    let streams = plan.streams.descriptors.map { $0 ?? nothing.number }
    let launch = LaunchOrder(
      bubblewrap: bubblewrap, inner: identity, capturePorts: plan.capturePorts, observation: plan.observation,
      overlay: plan.overlay.map { WorkspaceOverlay(workspace: workspace, upper: $0.upper, work: $0.work) })
    let guarded = try Descriptor.memoryFile(named: "sallyport-guard", holding: Self.writeGuard(of: plan).bytes)
    let book = plan.programBook?.descriptor ?? nothing.number
    guard relay.send(.launch(launch), with: [book, guarded.number, words.number, order.number] + streams + files) else {
      throw ConfinementFailure(.program, "reach sallyport-init", errorNumber: EPIPE)
    }
  }
}
