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

  init(_ plan: SandboxPlan) throws(SandboxError) {
    self.plan = plan
    bubblewrap = try HostPrograms.bubblewrap(named: plan.bubblewrap)
    helper = try PlanCheck(plan).helper()
    let mounts = try MountPlan(plan)
    arguments = BubblewrapArguments(mounts, identity: identity, hostName: plan.hostName)
    var size: TerminalSize?
    if case .pseudoTerminal(let wanted) = plan.streams { size = wanted }
    initOrder = InitOrder(
      program: plan.program, arguments: plan.arguments,
      environment: plan.environment.map { "\($0.key)=\($0.value)" }.sorted(),
      workingDirectory: mounts.workingDirectory, terminal: size,
      systemCalls: SystemCallPolicy(
        allowsNestedSandboxes: plan.allowsNestedSandboxes, allowsDebugging: plan.allowsDebugging,
        observation: plan.observation),
      grants: plan.allowsNestedSandboxes ? nil : mounts.grants, limits: plan.limits)
  }

  /// Starts the relay and gives it everything.
  func start(events: @escaping @Sendable (ConfinedEvent) -> Void) throws(SandboxError) -> SandboxSession {
    do throws(ConfinementFailure) {
      let order = try Descriptor.memoryFile(named: "sallyport-init", holding: initOrder.bytes)
      let words = try Descriptor.memoryFile(named: "sallyport-bwrap", holding: arguments.bytes)
      let nothing = Descriptor(owning: open("/dev/null", O_RDWR | O_CLOEXEC))
      var files: [CInt] = []
      defer { for file in files { close(file) } }
      for bytes in arguments.files {
        files.append(try Descriptor.memoryFile(named: "sallyport-etc", holding: bytes).release())
      }
      var streams = [nothing.number, nothing.number, nothing.number]
      if case .inherited(let input, let output, let error) = plan.streams { streams = [input, output, error] }
      return try start([words.number, order.number] + streams + files, events: events)
    } catch {
      throw Remedy.error(for: error, program: plan.program)
    }
  }

  private func start(
    _ descriptors: [CInt], events: @escaping @Sendable (ConfinedEvent) -> Void
  ) throws(ConfinementFailure) -> SandboxSession {
    var errorStream: CInt?
    if case .inherited(_, _, let error) = plan.streams { errorStream = error }
    let relay: RelayProcess
    do throws(SandboxError) {
      relay = try RelayProcess.start(helper, errorStream: errorStream)
    } catch {
      throw ConfinementFailure(.program, error.sentence, detail: error.remedy)
    }
    let session = SandboxSession(relay: relay, program: plan.program, events: events)
    let order = LaunchOrder(
      bubblewrap: bubblewrap, inner: identity, capturePorts: plan.capturePorts, observation: plan.observation)
    session.send(.launch(order), with: descriptors)
    return session
  }
}
