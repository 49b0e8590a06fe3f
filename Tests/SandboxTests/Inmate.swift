internal import Confinement
internal import Glibc
internal import Sandbox
internal import Synchronization

/// A sandbox for one test: a fresh workspace, a fresh home outside, and what the program inside printed.
final class Inmate: Sendable {
  let root: String
  var workspace: String { root + "/work" }
  var home: String { root + "/home" }

  private let seen = Mutex<[ConfinedEvent]>([])

  init() throws {
    var template = Array("/var/tmp/sallyport-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw InmateError(what: "mkdtemp: \(errno)") }
    root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for directory in [workspace, home] { mkdir(directory, 0o755) }
  }

  deinit { _ = Inmate.remove(root) }

  static func remove(_ path: String) -> Int32 { system("rm -rf '\(path)'") }

  func note(_ event: ConfinedEvent) { seen.withLock { $0.append(event) } }

  var events: [ConfinedEvent] { seen.withLock { $0 } }

  var observations: [Observation] {
    events.flatMap { event in
      guard case .observed(let observations) = event else { return [Observation]() }
      return observations
    }
  }

  /// A plan that runs a shell script.
  func plan(_ script: String) -> SandboxPlan {
    var plan = SandboxPlan(
      program: "/bin/sh", arguments: ["-c", script], workspace: workspace, home: HomePlan(path: home), realHome: home,
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8"], helper: Self.helper)
    plan.observation = .programs
    return plan
  }

  /// Runs a plan to its end, with a pipe for its output and its errors.
  func run(
    _ plan: SandboxPlan, during body: (ConfinedRun) async throws -> Void = { _ in }
  ) async throws -> (end: AgentEnd, output: String, run: ConfinedRun) {
    let pipe = try Descriptor.pipe()
    var plan = plan
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    plan.streams = .inherited(input: nothing, output: pipe.writing, error: pipe.writing)
    let run: ConfinedRun
    do {
      run = try await ConfinedRun.launch(plan) { [weak self] event in self?.seen.withLock { $0.append(event) } }
    } catch {
      for number in [nothing, pipe.writing, pipe.reading] { close(number) }
      throw error
    }
    close(nothing)
    close(pipe.writing)
    try await body(run)
    let end = try await run.wait()
    let output = Descriptor.readAll(pipe.reading, limit: 1 << 20) ?? []
    close(pipe.reading)
    Self.closeAll(of: run)
    return (end, String(decoding: output, as: UTF8.self), run)
  }

  /// The error that a run ends with; `nil` where it ends well.
  func refusal(
    of plan: SandboxPlan, during body: (ConfinedRun) async throws -> Void = { _ in }
  ) async -> SandboxError? {
    do {
      _ = try await run(plan, during: body)
      return nil
    } catch {
      return error as? SandboxError
    }
  }

  /// What a shell script prints inside, without the last line's end.
  func output(_ script: String) async throws -> String {
    let text = try await run(plan(script)).output
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw InmateError(what: "open \(path): \(errno)") }
    fputs(text, file)
    fclose(file)
  }

  static func closeAll(of run: ConfinedRun) {
    let resolver = run.resolver
    let ports = run.captureListeners.flatMap { [$0.listenerIPv4, $0.listenerIPv6] }
    for number in ports + [
      run.proxyListener, resolver.datagramsIPv4, resolver.datagramsIPv6, resolver.listenerIPv4, resolver.listenerIPv6,
    ] { close(number) }
  }

  /// The built program, beside the test bundle.
  static let helper: String = {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
    let directory = bundle.split(separator: "/").prefix { !$0.hasSuffix(".xctest") }.joined(separator: "/")
    let candidates = ["/" + directory + "/sallyport-init", ".build/debug/sallyport-init"]
    return candidates.first { access($0, X_OK) == 0 } ?? "sallyport-init is not built"
  }()
}

struct InmateError: Error {
  let what: String
}
