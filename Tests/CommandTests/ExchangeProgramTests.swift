internal import Evidence
internal import Glibc
internal import Testing

@Suite("The program behind an exchange", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct ExchangeProgramTests {
  /// The name of the program of each exchange with this host, by the exchange's path.
  private func programs(
    _ files: [String: String], host: String = "a.example", options: [String] = [], command: [String]
  ) throws -> [String: String?] {
    let user = try User()
    try user.write(
      "version: 1\nrules: [{name: one, when: {destination: a.example}, then: block}]\n", to: "sallyport.yaml")
    for (name, text) in files { try user.write(text, to: name) }
    let outcome = try user.sallyport(["run", "--quiet", "--report", "out"] + options + ["--"] + command)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    let exchanges = report["exchanges"]?.array?.filter { $0["host"]?.string == host } ?? []
    // The ledger's decision entries name no paths of this machine's programs.
    let entries = try user.sallyport("log", "show", "--type", "egress.decision", "--json").output
    #expect(entries.contains("a.example") && !entries.contains("\"program\""))
    return Dictionary(
      exchanges.map { exchange in
        (
          exchange["path"]?.string ?? "",
          exchange["program"]?.string?.split(separator: "/").last.map(String.init)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  struct Way: Sendable, CustomTestStringConvertible {
    let isDirect: Bool
    let options: [String]
    var testDescription: String { "\(isDirect ? "without" : "with") the proxy \(options)" }
  }

  private static let ways = [
    Way(isDirect: false, options: []), Way(isDirect: true, options: []), Way(isDirect: true, options: ["--no-observe"]),
    Way(isDirect: false, options: ["--no-observe"]),
  ]

  /// Both are up and wait before both are told what to ask for; then each asks three times at once, 20 times over.
  private static let race = """
    import subprocess, sys
    direct = sys.argv[1] == "direct"
    asker = '''
    import sys, threading, urllib.request, urllib.error
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}) if %r else urllib.request.ProxyHandler())
    def ask(url):
      try: opener.open(url, timeout=60).read()
      except urllib.error.HTTPError: pass
    print("ready", flush=True)
    threads = [threading.Thread(target=ask, args=[url]) for url in sys.stdin.read().split()]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    ''' % direct
    pipe = subprocess.PIPE
    for round in range(20):
      base = ("http", "https")[round % 2] + "://a.example/"
      options = ["-s", "--http1.1", "--parallel", "--parallel-immediate"] + (["--noproxy", "*"] if direct else [])
      curl = subprocess.Popen(["curl", "-K", "-"] + options, stdin=pipe)
      python = subprocess.Popen(["python3", "-c", asker], stdin=pipe, stdout=pipe)
      python.stdout.readline()
      for number in range(3):
        curl.stdin.write(b"url = %scurl-%d-%d\\noutput = /dev/null\\n" % (base.encode(), round, number))
        python.stdin.write(b"%spython-%d-%d\\n" % (base.encode(), round, number))
      for process in [curl, python][:: 1 if round % 4 < 2 else -1]: process.stdin.close()
      for process in [curl, python]: process.wait()
    """

  @Test("two programs that ask one destination at once are told apart, each time", arguments: ways)
  func told(way: Way) throws {
    let told = try programs(
      ["race.py": Self.race], options: way.options,
      command: ["/usr/bin/python3", "race.py", way.isDirect ? "direct" : "proxy"])
    #expect(told.count == 120)
    for (path, program) in told {
      #expect(program?.hasPrefix(path.contains("curl") ? "curl" : "python3") == true, "\(path): \(program ?? "none")")
    }
  }

  @Test("a program that was named otherwise, and one that speaks SOCKS, are told as they are")
  func other() throws {
    let script = """
      cp /usr/bin/curl ./fetch-it
      ./fetch-it -s -o /dev/null http://a.example/copied
      curl -s -o /dev/null --socks5-hostname 127.0.0.1:889 http://a.example/socks
      """
    let told = try programs(["agent.sh": script], command: ["/bin/bash", "agent.sh"])
    #expect(told == ["/copied": "fetch-it", "/socks": "curl"])
  }

  @Test(
    "a connection is its opener's, whoever speaks on it later; what a process becomes has its own",
    arguments: [[], ["--no-observe"]])
  func inherited(options: [String]) throws {
    let script = """
      exec 3<>/dev/tcp/a.example/80
      cat > later.py <<'END'
      import os, socket
      inherited = socket.socket(fileno=3)
      inherited.sendall(b"GET /inherited HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n")
      inherited.recv(100)
      own = socket.create_connection(("a.example", 80))
      own.sendall(b"GET /own HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n")
      own.recv(100)
      END
      exec python3 later.py
      """
    let told = try programs(["agent.sh": script], options: options, command: ["/bin/bash", "agent.sh"])
    #expect(told["/inherited"] == "bash")
    #expect((told["/own"] ?? nil)?.hasPrefix("python3") == true)
  }

  @Test("a program that opens thousands of connections does not take another's place")
  func flood() throws {
    let script = """
      import socket, subprocess, threading
      def flood():
        for number in range(1500):
          try:
            s = socket.create_connection(("a.example", 80), 20)
            if number % 100 == 0:
              s.sendall(b"GET /flood-%d HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n" % number)
              s.recv(100)
            s.close()
          except OSError: pass
      threads = [threading.Thread(target=flood) for _ in range(4)]
      for thread in threads: thread.start()
      for number in range(20):
        subprocess.run(["curl", "-s", "-o", "/dev/null", "--noproxy", "*", "http://a.example/curl-%d" % number])
      for thread in threads: thread.join()
      """
    let told = try programs(["flood.py": script], command: ["/usr/bin/python3", "flood.py"])
    #expect(told.filter { $0.key.hasPrefix("/curl-") }.values.map { $0 } == Array(repeating: "curl", count: 20))
    let flood = told.filter { $0.key.hasPrefix("/flood-") }
    #expect(flood.count == 15)
    #expect(flood.values.allSatisfy { $0?.hasPrefix("python3") == true })
  }

  @Test("nothing inside can change the number that says the program, or open a connection unseen")
  func unforgeable() throws {
    let script = """
      import socket
      refused = 0
      s = socket.socket()
      for attempt in [
        lambda: s.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, 2),
        lambda: s.sendmsg([b"GET / HTTP/1.1\\r\\n\\r\\n"], [], socket.MSG_FASTOPEN, ("192.0.2.1", 80)),
        lambda: s.sendto(b"GET / HTTP/1.1\\r\\n\\r\\n", socket.MSG_FASTOPEN, ("192.0.2.1", 80)),
      ]:
        try: attempt()
        except OSError: refused += 1
      s.connect(("a.example", 80))
      s.sendall(b"GET /refused-%d HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n" % refused)
      s.recv(100)
      """
    let told = try programs(["agent.py": script], command: ["/usr/bin/python3", "agent.py"])
    #expect(Array(told.keys) == ["/refused-3"])
    #expect((told["/refused-3"] ?? nil)?.hasPrefix("python3") == true)
  }
}
