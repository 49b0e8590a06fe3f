internal import Testing

@Suite("A run that is killed", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct KilledRunTests {
  /// Whatever a killed run leaves behind becomes this script's child, and must be gone in time.
  private static let script = """
    import ctypes, os, random, subprocess, sys, time
    PR_SET_CHILD_SUBREAPER = 36
    assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    agent = sys.argv[1]

    def kill(ready):
      if os.path.exists("up"): os.unlink("up")
      run = subprocess.Popen([os.environ["SALLYPORT"], "run", "--", "/bin/sh", "-c", agent],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
      ready()
      run.kill()
      run.wait()
      end = time.monotonic() + 10
      while time.monotonic() < end:
        try:
          if os.waitpid(-1, os.WNOHANG)[0] == 0: time.sleep(0.005)
        except ChildProcessError: return
      left = subprocess.run(["ps", "-ef", "--forest"], capture_output=True, text=True).stdout
      sys.exit("something of the sandbox is alive:\\n" + left)

    def up():
      while not os.path.exists("up"): time.sleep(0.01)

    kill(up)
    seeded = random.Random(5)
    for _ in range(int(sys.argv[2])): kill(lambda: time.sleep(seeded.uniform(0, 0.6)))
    print("gone")
    """

  @Test("leaves no process of its sandbox, at whichever moment the kill comes")
  func leavesNothing() throws {
    let user = try User()
    try user.write(Self.script, to: "../kill.py")
    // Deaf to everything that can be refused, and away from its parent, its group and its session.
    let agent =
      "trap '' TERM HUP INT; (setsid sh -c 'trap \"\" TERM HUP; sleep 1000; sleep 1000' &) & touch up; sleep 1000"
    try user.write(agent, to: "agent.sh")
    let outcome = try user.shell("/usr/bin/python3 ../kill.py \"$(cat agent.sh)\" 20")
    #expect(outcome.output == "gone\n", "\(outcome.errors)")
  }
}
