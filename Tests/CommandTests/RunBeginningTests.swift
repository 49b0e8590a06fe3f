internal import Evidence
internal import Testing

@Suite("The first moments of a run", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct RunBeginningTests {
  /// Sends a signal at many moments; the agent never comes to its end by itself.
  private static let script = """
    import os, signal, subprocess, sys, time
    number = int(sys.argv[1])
    for step in range(16):
      run = subprocess.Popen([os.environ["SALLYPORT"], "run", "--quiet", "--", "/bin/sleep", "20"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
      # From the moment on from which it listens; before, nothing of it is there.
      while True:
        with open(f"/proc/{run.pid}/status") as status:
          caught = int(next(line for line in status if line.startswith("SigCgt")).split()[1], 16)
        if caught >> (number - 1) & 1: break
        time.sleep(0.001)
      time.sleep(step * 0.02)
      run.send_signal(number)
      errors = run.communicate(timeout=20)[1]
      if run.returncode == -number:
        if "came before the agent was started" not in errors: sys.exit("nothing said: " + errors)
      elif run.returncode != 128 + number: sys.exit(f"{run.returncode}: {errors}")
    print("told")
    """

  @Test("a signal in them is told, and leaves no run of which nothing can be read", arguments: [15, 2])
  func signalled(number: Int) throws {
    let user = try User()
    try user.write(Self.script, to: "../early.py")
    let outcome = try user.shell("/usr/bin/python3 ../early.py \(number)")
    #expect(outcome.output == "told\n", "\(outcome.errors)")
    for line in try user.sallyport("runs", "--limit", "100", "--json").output.split(separator: "\n") {
      let state = try JSONParser.parse(String(line))["state"]?.string
      #expect(state == "ended" || state == "refused", "\(line)")
    }
    #expect(try user.sallyport("log", "verify").code == 0)
  }

  @Test("a run within a run is told where it is, and what to do")
  func nested() throws {
    let program = try #require(BuiltProgram.path)
    let directory = program.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    let outcome = try User().sallyport(
      "run", "--quiet", "--read", directory, "--", program, "run", "--", "/bin/true")
    #expect(outcome.code == 69, "\(outcome.errors)")
    #expect(outcome.errors.contains("You are inside a Sallyport sandbox"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("CONFIG_USER_NS"))
  }
}
