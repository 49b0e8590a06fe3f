internal import Evidence
internal import Testing

@Suite("A sandbox that somebody ends", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct EndedFromOutsideTests {
  /// Starts a run, kills one process of its chain and passes on how the command ended.
  private static let script = """
    import os, subprocess, sys, time
    depth, signal = int(sys.argv[1]), int(sys.argv[2])
    command = [os.environ["SALLYPORT"], "run", "--report", "out", "--", "/bin/sh", "-c", "echo up > up; sleep 1000"]
    run = subprocess.Popen(command)
    while not os.path.exists("up"): time.sleep(0.02)
    process = run.pid
    for _ in range(depth): process = int(subprocess.check_output(["pgrep", "-P", str(process)]).split()[0])
    os.kill(process, signal)
    sys.exit(run.wait(60))
    """

  @Test(
    "the run ends in order, and says what it knows",
    arguments: [("relay", 1, 9), ("relay", 1, 15), ("bubblewrap", 2, 9), ("bubblewrap", 2, 15), ("init", 3, 9)])
  func ended(process: String, depth: Int, signal: Int) throws {
    let user = try User()
    try user.write(Self.script, to: "../kill.py")
    let outcome = try user.shell("/usr/bin/python3 ../kill.py \(depth) \(signal)")
    #expect(outcome.code == 137, "\(outcome.errors)")
    #expect(outcome.errors.contains("The sandbox was ended from outside."))
    #expect(outcome.errors.contains("exit 137"))
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    #expect(report["exitStatus"]?.integer == 137)
    #expect(report["endedFromOutside"]?.bool == true)
    let ended = try user.sallyport("log", "show", "--type", "run.ended", "--json")
    #expect(ended.output.contains("endedFromOutside"))
    #expect(try user.sallyport("log", "verify").code == 0)
  }

  @Test("a terminal is given back where Sallyport itself is killed")
  func terminalOfKilledRun() throws {
    let user = try User()
    let script = """
      import os, pty, signal, termios, time
      host, inner = pty.openpty()
      before = termios.tcgetattr(inner)
      pid = os.fork()
      if pid == 0:
          os.login_tty(inner)
          os.execv(os.environ["SALLYPORT"], ["sallyport", "run", "--", "/bin/sh", "-c", "echo up; sleep 1000"])
      seen = b""
      while b"up" not in seen: seen += os.read(host, 4096)
      raw = termios.tcgetattr(inner)
      os.kill(pid, signal.SIGKILL)
      os.waitpid(pid, 0)
      end = time.monotonic() + 10
      while termios.tcgetattr(inner) != before and time.monotonic() < end: time.sleep(0.02)
      print(raw != before, termios.tcgetattr(inner) == before)
      """
    let outcome = try user.python(script)
    #expect(outcome.output == "True True\n", "\(outcome.errors)")
  }
}
