internal import Confinement
internal import Evidence
internal import Glibc

/// Makes attempts one after the other, each in a process of its own, and says what each saw as a line of JSON.
package enum ProbeRunner {
  /// - Parameters:
  ///   - ids: which; their order is that of ``Probe/all``.
  ///   - output: where the lines go.
  /// - Returns: the exit code: 0 where every attempt could be made, whatever came of it.
  package static func run(_ ids: Set<String>, _ place: ProbePlace, output: CInt) -> Int32 {
    let chosen = Probe.all.filter { ids.contains($0.id) }
    for probe in chosen { tell(sight(probe, place), output) }
    // What is to be killed with the run has to be there then.
    if ids.contains("O2.killed") { while true { pause() } }
    return chosen.count == ids.count ? 0 : 64
  }

  private static func tell(_ sighting: Sighting, _ output: CInt) {
    // Strings always have a JSON form.
    let line = ((try? CanonicalJSON.encode(sighting.json)) ?? []) + [UInt8(ascii: "\n")]
    _ = write(output, line, line.count)
  }

  private static func sight(_ probe: Probe, _ place: ProbePlace) -> Sighting {
    guard let pipe = try? Descriptor.pipe(), let child = try? Processes.fork() else {
      return Sighting(probe.id, .succeeded, "the attempt could not be made")
    }
    if child == 0 {
      signal(SIGPIPE, SIG_IGN)
      alarm(ProbingLimits.attemptSeconds)
      let found = probe.attempt(place.reporting(over: [pipe.reading, pipe.writing]))
      tell(Sighting(probe.id, found.outcome, error: found.error, found.text), pipe.writing)
      _exit(0)
    }
    close(pipe.writing)
    let bytes = Descriptor.readAll(pipe.reading, limit: ProbingLimits.answerBytes) ?? []
    close(pipe.reading)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    if let value = try? JSONParser.parse(bytes), let sighting = Sighting(value) { return sighting }
    let signal = status & 0x7f
    return Sighting(probe.id, signal == SIGALRM ? .succeeded : .ended, error: signalName(signal), "")
  }

  private static func signalName(_ number: Int32) -> String {
    let names = [SIGSYS: "SIGSYS", SIGSEGV: "SIGSEGV", SIGKILL: "SIGKILL", SIGALRM: "SIGALRM", SIGILL: "SIGILL"]
    return names[number] ?? "signal \(number)"
  }
}
