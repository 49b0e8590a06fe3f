internal import Testing

/// Each test plays a person at a terminal with an interactive shell; the script ends with 0 where all was as expected.
@Suite("A run as a shell's job", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct JobControlTests {
  /// A shell on a terminal: `expect` reads until a text appears, `type` types, `gone` waits for processes to end.
  private static let terminal = #"""
    import os, pty, re, select, signal, subprocess, sys, time
    pid, fd = pty.fork()
    if pid == 0:
        os.execve("/bin/bash", ["bash", "--norc", "--noediting", "-i"], dict(os.environ, PS1="$ ", TERM="xterm"))
    seen = b""
    def expect(text, seconds=30):
        global seen
        end = time.time() + seconds
        while not re.search(text.encode(), seen):
            if time.time() > end: sys.exit("no %r in %r" % (text, seen))
            if select.select([fd], [], [], 0.1)[0]:
                try: seen += os.read(fd, 65536)
                except OSError: sys.exit("the terminal closed, without %r in %r" % (text, seen))
        seen = seen[re.search(text.encode(), seen).end():]
    def type(text): os.write(fd, text.encode())
    def alive(word):
        found = []
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try: line = open("/proc/%s/cmdline" % entry, "rb").read()
            except OSError: continue
            if word.encode() in line and int(entry) != os.getpid(): found.append(line)
        return found
    def gone(word, seconds=30):
        end = time.time() + seconds
        while alive(word):
            if time.time() > end: sys.exit("still there: %r" % alive(word))
            time.sleep(0.05)
    word = "job-%d" % os.getpid()
    agent = word + ".py"

    """#

  private func play(_ agent: String, _ script: String) throws {
    let user = try User()
    try user.write(agent, to: "agent.py")
    let start = """
      os.rename("agent.py", agent)
      expect(r"\\$ ")
      type('"$SALLYPORT" run -q -- /usr/bin/python3 ' + agent + "\\n")

      """
    let outcome = try user.python(Self.terminal + start + script)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test("Control-Z stops it and gives the terminal back; fg goes on where it was")
  func controlZ() throws {
    try play(
      "print('up', flush=True); print('line', input(), flush=True)",
      """
      expect("up")
      type("\\x1a")
      expect("Stopped")
      type("echo in-the-$((40+2))-shell\\n")
      expect("in-the-42-shell")
      type("fg\\n")
      expect("run -q")
      type("hello\\n")
      expect("line hello")
      gone(word)
      """)
  }

  @Test("an agent that stops itself gives the terminal back too")
  func stopsItself() throws {
    try play(
      "import os, signal; print('up', flush=True); os.kill(os.getpid(), signal.SIGSTOP); print('on', flush=True)",
      """
      expect("Stopped")
      type("fg\\n")
      expect("on")
      gone(word)
      """)
  }

  @Test("a program that asks for its own stop, as editors do, is stopped")
  func rawProgram() throws {
    try play(
      """
      import os, signal, sys, termios, tty
      before = termios.tcgetattr(0); tty.setraw(0); sys.stdout.write('up\\r\\n'); sys.stdout.flush()
      assert os.read(0, 1) == b'\\x1a'
      termios.tcsetattr(0, termios.TCSANOW, before); os.kill(0, signal.SIGTSTP); print('on', flush=True)
      """,
      """
      expect("up")
      type("\\x1a")
      expect("Stopped")
      type("fg\\n")
      expect("on")
      gone(word)
      """)
  }

  @Test("when the terminal closes everything ends, an agent that is stopped and one that does not want to")
  func hangUp() throws {
    for state in ["os.kill(os.getpid(), signal.SIGSTOP)", "pass"] {
      try play(
        """
        import os, signal, time
        for number in (signal.SIGHUP, signal.SIGTERM): signal.signal(number, signal.SIG_IGN)
        print('up', flush=True); \(state)
        while True: time.sleep(1)
        """,
        """
        expect("up")
        expect("Stopped") if "STOP" in open(agent).read() else None
        os.close(fd)
        gone(word)
        """)
    }
  }

  @Test("SIGTSTP for the command stops the agent, SIGCONT lets both go on")
  func stopSignal() throws {
    try play(
      """
      import os, signal, time
      signal.signal(signal.SIGCONT, lambda *_: print('continued', flush=True))
      print('up', flush=True)
      while True: time.sleep(0.1)
      """,
      """
      expect("up")
      own = [int(p) for p in subprocess.check_output(["pgrep", "-f", "run -q.*" + agent]).split()]
      os.kill(own[0], signal.SIGTSTP)
      expect("Stopped")
      type("fg\\n")
      expect("continued")
      type("\\x03")
      gone(word)
      """)
  }

  @Test("without a shell that could let it go on, an agent that stops itself goes on")
  func orphan() throws {
    let user = try User()
    let script = """
      import os, subprocess, sys
      agent = "import os, signal; os.kill(os.getpid(), signal.SIGSTOP); print('on')"
      command = [os.environ["SALLYPORT"], "run", "-q", "--", "/usr/bin/python3", "-c", agent]
      done = subprocess.run(command, stdout=subprocess.PIPE, start_new_session=True, timeout=60)
      sys.exit(0 if done.stdout == b"on\\n" and done.returncode == 0 else "%r" % done)
      """
    let outcome = try user.python(script)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test("a process that sends SIGTSTP stops both, until it sends SIGCONT, without any shell")
  func sentStop() throws {
    let user = try User()
    let script = """
      import os, signal, subprocess, sys, time
      agent = "import os\\nn = 0\\nwhile not os.path.exists('go'): n += 1; open('tick', 'w').write(str(n))"
      command = [os.environ["SALLYPORT"], "run", "-q", "--", "/usr/bin/python3", "-c", agent]
      run = subprocess.Popen(command, start_new_session=True)
      while not os.path.exists("tick"): time.sleep(0.01)
      run.send_signal(signal.SIGTSTP)
      _, status = os.waitpid(run.pid, os.WUNTRACED)
      if not os.WIFSTOPPED(status): sys.exit("ended with %r" % status)
      before = open("tick").read()
      time.sleep(0.3)
      if before != open("tick").read(): sys.exit("the agent goes on")
      open("go", "w").close()
      run.send_signal(signal.SIGCONT)
      sys.exit(run.wait(60))
      """
    let outcome = try user.python(script)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  /// Types a command line of its own at the shell, and goes on from there.
  private func play(typing line: String, _ script: String, agent: String = "") throws {
    let user = try User()
    try user.write(agent, to: "agent.py")
    try user.write(line, to: "line")
    try user.write(
      "t = open('/dev/tty'); print('paging', flush=True); print('paged', t.readline(), flush=True)", to: "pager.py")
    let start = """
      expect(r"\\$ ")
      type(open("line").read() + "\\n")

      """
    let outcome = try user.python(Self.terminal + start + script)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test("a shell inside has job control where only its output is piped")
  func pipedOutput() throws {
    try play(
      typing: "\"$SALLYPORT\" run -q -- /bin/bash --norc -i | tee log",
      """
      expect("bash-[0-9.]+[$#]")
      type("echo in-$((40+2)); tty\\n")
      expect("in-42")
      expect("/dev/pts/0")
      type("sleep 1000\\n"); time.sleep(0.5); type("\\x1a")
      expect("Stopped")
      type("exit\\n"); type("exit\\n")
      expect(r"\\n\\$ ")
      type("grep -c in-42 log; echo job-$((1+1))-control\\n")
      expect("job-2-control")
      """)
  }

  @Test("what is typed is left to a pager that the output goes to")
  func pager() throws {
    try play(
      typing: "\"$SALLYPORT\" run -q -- /usr/bin/python3 agent.py | /usr/bin/python3 pager.py",
      """
      expect("paging")
      type("key\\n")
      expect("paged key")
      """,
      agent: "import time; print('text', flush=True); time.sleep(3)")
  }

  @Test("errors that are redirected go where they should")
  func redirectedErrors() throws {
    try play(
      typing: "\"$SALLYPORT\" run -q -- /bin/sh -c 'echo wrong >&2; echo right; read x; echo got $x' 2> errors",
      """
      expect("right")
      type("line\\n")
      expect("got line")
      expect(r"\\n\\$ ")
      type("cat errors; echo was-$((1+1))\\n")
      expect("wrong\\r\\n")
      expect("was-2")
      """)
  }
}
