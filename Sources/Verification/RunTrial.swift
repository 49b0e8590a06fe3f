internal import Confinement
internal import Evidence
internal import Glibc
internal import Probing

/// One `sallyport run` around the probe, as any user starts one, in a throw-away place.
struct RunTrial {
  let programs: Programs
  let place: ThrowAwayPlace
  let destination: ScriptedDestination
  let service: ScriptedDestination
  let interruption: Interruption

  /// The programs that this is about.
  struct Programs: Sendable {
    let sallyport: String
    let probe: String
  }

  struct Outcome {
    var sightings: [String: Sighting] = [:]
    var exit: Int32 = 0
    /// What Sallyport itself said.
    var errors = ""
    var report: JSONValue?
  }

  /// Makes these attempts inside.
  ///
  /// - Parameters:
  ///   - agent: whose files and settings the run is to have, by the catalogue's name.
  ///   - isOnPoorHost: whether the run is to find a host that makes no namespaces.
  ///   - each: what is seen, as it comes; may kill the run.
  func run(
    _ ids: [String], agent: String? = nil, isOnPoorHost: Bool = false,
    _ each: (Sighting, ChildProgram) -> Void = { _, _ in }
  ) throws(VerificationError) -> Outcome {
    let report = "\(place.outside)/report"
    FileTree.remove(report)
    var words = ["run", "--report", report]
    if let agent { words += ["--agent", agent] }
    for host in ProbePlace.hosts {
      words += ["--connect-to", "\(host)::127.0.0.1:\(destination.port)"]
    }
    words += ["--", programs.probe, "attempt"] + ids + probePlace.arguments
    var outcome = try start(words, isOnPoorHost: isOnPoorHost, each)
    outcome.report = FileTree.read("\(report)/report.json").flatMap { try? JSONParser.parse($0) }
    return outcome
  }

  /// The same attempts without any sandbox, for those that harm nothing.
  func runOutside(_ ids: [String]) throws(VerificationError) -> [String: Sighting] {
    guard !ids.isEmpty else { return [:] }
    return try start(program: programs.probe, ["attempt"] + ids + probePlace.arguments) { _, _ in }.sightings
  }

  /// `sallyport log verify` over another state.
  func verifyLedger(in state: String) throws(VerificationError) -> Int32 {
    try start(program: programs.sallyport, ["log", "verify"], state: state) { _, _ in }.exit
  }

  private var probePlace: ProbePlace {
    ProbePlace([
      "outside": place.outside, "home": place.home, "workspace": place.workspace, "service": "\(service.port)",
      "abstract": place.mark, "mark": place.mark, "credential": place.credential, "process": "\(getpid())",
    ])
  }

  private func start(
    _ words: [String], isOnPoorHost: Bool, _ each: (Sighting, ChildProgram) -> Void
  ) throws(VerificationError) -> Outcome {
    isOnPoorHost
      ? try start(program: programs.probe, ["poor-host", programs.sallyport] + words, each)
      : try start(program: programs.sallyport, words, each)
  }

  private func start(
    program: String, _ words: [String], state: String? = nil, _ each: (Sighting, ChildProgram) -> Void
  ) throws(VerificationError) -> Outcome {
    let outcome: Outcome
    do throws(ConfinementFailure) {
      outcome = try converse(program, words, state: state ?? place.state, each)
    } catch {
      throw VerificationError(.place, "\(error)")
    }
    guard !interruption.hasCome else { throw VerificationError(.interrupted, "interrupted; nothing is left of it.") }
    return outcome
  }

  private func converse(
    _ program: String, _ words: [String], state: String, _ each: (Sighting, ChildProgram) -> Void
  ) throws(ConfinementFailure) -> Outcome {
    let (output, errors) = (try Descriptor.pipe(), try Descriptor.pipe())
    let nothing = Descriptor(owning: open("/dev/null", O_RDONLY | O_CLOEXEC))
    // As a careless caller leaves them open; nothing of that may arrive inside.
    let careless = [open(place.outside, O_RDONLY | O_DIRECTORY), open("\(place.outside)/secret", O_RDONLY)]
    defer { for number in careless + [output.reading, errors.reading] { close(number) } }
    let child = try ChildProgram.start(
      program, arguments: words, environment: environment(state: state), directory: place.workspace,
      streams: [nothing.number, output.writing, errors.writing])
    for number in [output.writing, errors.writing] { close(number) }
    var outcome = Outcome()
    var lines = LineBuffer()
    var said: [UInt8] = []
    read(output.reading, errors.reading, until: time(nil) + time_t(VerificationLimits.runSeconds), child) {
      bytes, isOutput in
      guard isOutput else { return said += bytes.prefix(VerificationLimits.errorBytes - said.count) }
      for line in lines.take(bytes) {
        guard let value = try? JSONParser.parse(line), let sighting = Sighting(value) else { continue }
        outcome.sightings[sighting.id] = sighting
        each(sighting, child)
      }
    }
    outcome.exit = child.wait()
    outcome.errors = String(decoding: said, as: UTF8.self)
    return outcome
  }

  private func environment(state: String) -> [String] {
    [
      "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=\(place.home)", "LANG=C.UTF-8", "SALLYPORT_HOME=\(state)",
      "ANTHROPIC_API_KEY=sk-ant-api03-\(place.mark)", "VERIFY_SECRET=\(place.mark)",
    ]
  }

  /// Until both have ended; what takes too long is killed.
  private func read(
    _ output: CInt, _ errors: CInt, until deadline: time_t, _ child: ChildProgram, _ take: ([UInt8], Bool) -> Void
  ) {
    var open = [output, errors]
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while !open.isEmpty {
      if time(nil) >= deadline { return child.kill() }
      for ready in Readiness.wait(for: open + [interruption.descriptor], milliseconds: 1_000) {
        if ready == interruption.descriptor { return child.kill() }
        let count = Glibc.read(ready, &buffer, buffer.count)
        if count > 0 { take(Array(buffer[..<count]), ready == output) } else { open.removeAll { $0 == ready } }
      }
    }
  }
}
