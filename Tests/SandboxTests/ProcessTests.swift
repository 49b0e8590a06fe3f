internal import Confinement
internal import Glibc
internal import Testing

@testable internal import Sandbox

@Suite struct ProcessTests {
  @Test("the exit code is the agent's", arguments: [0, 1, 7, 255])
  func exitCode(_ code: Int32) async throws {
    let inmate = try Inmate()
    #expect(try await inmate.run(inmate.plan("exit \(code)")).end == AgentEnd(code: code, signal: nil, survivors: 0))
  }

  @Test("an agent that a signal ended is reported so, and as 128 and its number")
  func endingSignal() async throws {
    let inmate = try Inmate()
    let end = try await inmate.run(inmate.plan("kill -SEGV $$")).end
    #expect(end == AgentEnd(code: nil, signal: SIGSEGV, survivors: 0))
    #expect(end.exitCode == 139)
  }

  @Test("signals reach the agent", arguments: [SIGTERM, SIGINT, SIGHUP, SIGUSR1])
  func signals(_ number: Int32) async throws {
    let inmate = try Inmate()
    // The port tells that the trap is set: its first connection is what the test waits for.
    let plan = inmate.plan(
      "trap 'echo got; exit 5' TERM INT HUP USR1; echo ready > ready; while :; do sleep 0.01; done")
    let (end, output, _) = try await inmate.run(plan) { run in
      while access(inmate.workspace + "/ready", F_OK) != 0 { await Task.yield() }
      run.signal(number)
    }
    #expect(end.code == 5)
    #expect(output.hasSuffix("got\n"))
  }

  @Test("what the agent leaves behind is ended and counted, even where it does not want to")
  func survivors() async throws {
    let inmate = try Inmate()
    let script =
      "(trap '' TERM; setsid sh -c 'trap \"\" TERM; echo up; exec sleep 1000') & setsid sleep 1000 & sleep 0.1"
    let end = try await inmate.run(inmate.plan(script)).end
    #expect(end.code == 0)
    #expect(end.survivors >= 2)
  }

  @Test("only the listed environment is there, for the agent and for process 1")
  func environment() async throws {
    let inmate = try Inmate()
    setenv("SALLYPORT_TEST_SECRET", "secret", 1)
    let output = try await inmate.output(
      "cat /proc/self/environ | tr '\\0' '\\n' | sort; cat /proc/1/environ 2>/dev/null | wc -c")
    let lines = output.split(separator: "\n").map(String.init)
    #expect(
      lines.dropLast().filter { !$0.hasPrefix("PWD=") } == [
        "HOME=\(inmate.home)", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin",
      ])
    #expect(lines.last == "0")
    #expect(!output.contains("SECRET"))
  }

  @Test("no descriptor but the three streams is inherited")
  func descriptors() async throws {
    let inmate = try Inmate()
    // Open and not close-on-exec, as a careless host might have it.
    let careless = (0..<20).map { _ in open("/dev/null", O_RDONLY) }
    defer { for number in careless { close(number) } }
    #expect(try await inmate.output("ls /proc/$$/fd | tr '\\n' ' '") == "0 1 2 ")
  }

  @Test("only the sandbox's own processes are there, and process 1 shows nothing")
  func processes() async throws {
    let inmate = try Inmate()
    let output = try await inmate.output(
      "ls -d /proc/[0-9]* | wc -l; cat /proc/1/maps /proc/1/mem 2>&1 | grep -c denied")
    let lines = output.split(separator: "\n").compactMap { Int($0) }
    #expect(lines.count == 2)
    #expect((lines.first ?? 99) <= 4)
    #expect(lines.last == 2)
  }

  @Test("no capability, no new privileges, a filter, and no core dumps")
  func status() async throws {
    let inmate = try Inmate()
    let output = try await inmate.output("grep -E 'Cap|NoNewPrivs|Seccomp:' /proc/self/status; ulimit -c")
    let values = output.split(separator: "\n").map { $0.split(separator: "\t").last.map(String.init) ?? "" }
    #expect(values == Array(repeating: "0000000000000000", count: 5) + ["1", "2", "0"])
  }

  @Test("process 1 cannot be signalled by what it confines")
  func initIsSafe() async throws {
    let inmate = try Inmate()
    #expect(try await inmate.output("kill -9 1 2>/dev/null; kill -TERM 1 2>/dev/null; echo alive") == "alive")
  }

  @Test("when the relay dies, the agent dies and the run says so")
  func relayDeath() async throws {
    let inmate = try Inmate()
    let error = await inmate.refusal(of: inmate.plan("sleep 1000")) { $0.terminate() }
    #expect(error?.code == .endedUnexpectedly)
  }

  @Test("every layer is attested")
  func attestation() async throws {
    let inmate = try Inmate()
    let layers = try await inmate.run(inmate.plan("true")).run.attestation.map(\.layer)
    #expect(
      layers == [
        .userNamespace, .networkNamespace, .capture, .namespaces, .capabilities, .keyring, .noNewPrivileges, .landlock,
        .systemCalls, .notification,
      ])
  }

  @Test("this host is found sufficient, layer by layer, or each insufficiency has its remedy")
  func hostReport() async {
    let report = await HostReport.examine(helper: Inmate.helper)
    for layer in report.layers where layer.state == .unavailable && !layer.detail.hasPrefix("not reached") {
      #expect(!layer.fix.isEmpty)
    }
    #expect(report.isSufficient)
    #expect(report.layers.count >= 13)
  }
}
