internal import Confinement
internal import Glibc

/// A sandbox that is made in order to see whether it can be made.
struct HostTrial {
  let layers: [LayerState]
  let isComplete: Bool

  /// The layers of a run in the order in which they are engaged.
  private static let order: [ConfinementLayer] = [
    .userNamespace, .networkNamespace, .capture, .namespaces, .capabilities, .keyring, .noNewPrivileges, .landlock,
    .systemCalls, .notification,
  ]

  static func run(helper: String) async -> HostTrial {
    do throws(SandboxError) {
      let run = try await launch(helper, program: LaunchOrder.helperTarget, arguments: ["true"], nested: false)
      return HostTrial(layers: run.attestation.map(state(of:)), isComplete: true)
    } catch {
      // The relay stops at the first layer that fails: those before it stand, those after it were not reached.
      let failed = order.firstIndex { $0.rawValue == error.place } ?? 0
      let layers = order.enumerated().map { index, layer in
        switch index {
        case ..<failed: LayerState(layer: layer.rawValue, state: .engaged, detail: "", fix: "")
        case failed: LayerState(layer: layer.rawValue, state: .unavailable, detail: error.sentence, fix: error.remedy)
        default:
          LayerState(
            layer: layer.rawValue, state: .unavailable, detail: "not reached: \(error.place) comes first", fix: "")
        }
      }
      return HostTrial(layers: layers, isComplete: false)
    }
  }

  /// Whether agents that make sandboxes of their own can do so in ours.
  static func nested(helper: String) async -> LayerState {
    let layer = "nested-sandboxes"
    let fix = "Only agents with a sandbox of their own need it; run them with theirs switched off."
    do throws(SandboxError) {
      let arguments = ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "/bin/true"]
      let bubblewrap = try HostPrograms.bubblewrap(named: nil)
      let run = try await launch(helper, program: bubblewrap, arguments: arguments, nested: true)
      let end = try await run.wait()
      return end.exitCode == 0
        ? LayerState(layer: layer, state: .engaged, detail: "bubblewrap works inside where a plan allows it", fix: "")
        : LayerState(layer: layer, state: .degraded, detail: "bubblewrap inside ends with \(end.exitCode)", fix: fix)
    } catch {
      return LayerState(layer: layer, state: .degraded, detail: error.sentence, fix: fix)
    }
  }

  private static func launch(
    _ helper: String, program: String, arguments: [String], nested: Bool
  ) async throws(SandboxError) -> ConfinedRun {
    guard let workspace = TemporaryDirectory() else {
      throw SandboxError(
        .badPlan, place: "/tmp", "No directory can be made in /tmp.", remedy: "Make /tmp writable: `chmod 1777 /tmp`")
    }
    var plan = SandboxPlan(
      program: program, arguments: arguments, workspace: workspace.path, home: HomePlan(path: "/home/user"),
      realHome: "/nonexistent", environment: ["PATH": "/usr/bin:/bin"], helper: helper)
    let nothing = Descriptor(owning: open("/dev/null", O_RDWR | O_CLOEXEC))
    plan.streams = .inherited(input: nothing.number, output: nothing.number, error: nothing.number)
    plan.allowsNestedSandboxes = nested
    let run = try await ConfinedRun.launch(plan) { event in
      if case .captured(let port) = event {
        close(port.listenerIPv4)
        close(port.listenerIPv6)
      }
    }
    for number in run.descriptors { close(number) }
    _ = try await run.wait()
    return run
  }

  private static func state(of layer: EngagedLayer) -> LayerState {
    // Before ABI 6 Landlock keeps files apart, and the namespaces alone what it would keep apart beside them.
    let isPartial = layer.layer == .landlock && !layer.detail.contains("signals")
    return LayerState(
      layer: layer.layer.rawValue, state: isPartial ? .degraded : .engaged, detail: layer.detail,
      fix: isPartial ? "Linux 6.12 or newer also governs abstract sockets and signals." : "")
  }
}

/// An empty directory that goes with its owner.
struct TemporaryDirectory: ~Copyable {
  let path: String

  init?() {
    var template = Array("/tmp/sallyport-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { rmdir(path) }
}
