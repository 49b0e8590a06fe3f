internal import Evidence
internal import Testing

@Suite("sallyport verify", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct VerifyCommandTests {
  @Test("every attempt ends as it has to on this host, and nothing is left of it")
  func everything() throws {
    let user = try User(hasState: false)
    let before = user.arrange("test -z \"$(ls -d /var/tmp/sallyport-verify-* 2>/dev/null)\"")
    let outcome = try user.sallyport("verify", "--json")
    let rows = try #require(try JSONParser.parse(outcome.output).array)
    for row in rows where row["passed"]?.bool != true {
      Issue.record(
        "\(row["id"]?.string ?? "") expected \(row["expected"]?.string ?? ""), saw \(row["seen"]?.string ?? "")")
    }
    #expect(rows.count > 170)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors == "")
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let schema = try JSONParser.parse(try TextFile.read("\(root)/docs/schemas/verify.schema.json"))
    #expect(SchemaCheck(schema: schema).complaints(.array(rows)) == [])
    if before == 0 { #expect(user.arrange("test -z \"$(ls -d /var/tmp/sallyport-verify-*)\" 2>/dev/null") == 0) }
    #expect(user.arrange("test -e home/.local -o -e project/sallyport.yaml") != 0)
  }

  @Test("some can be chosen, and are told in a table with the counts")
  func chosen() throws {
    let user = try User()
    let outcome = try user.sallyport("verify", "--only", "k1,N5.packet")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.last == "2 attempts, 2 as expected, 0 failed")
    #expect(lines.contains { $0.hasPrefix("K1.io-uring") && $0.contains("refused (ENOSYS)") })
    #expect(lines.contains { $0.hasPrefix("N5.packet") && $0.contains("refused (EAFNOSUPPORT)") })
  }

  @Test("what would be tried is listed without being tried")
  func list() throws {
    let outcome = try User().sallyport("verify", "--list", "--only", "O")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("O2.killed"))
    #expect(!outcome.output.contains("N1.tcp"))
  }

  @Test("the list is JSON as its schema describes it")
  func listSchema() throws {
    let outcome = try User().sallyport("verify", "--list", "--json")
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let schema = try JSONParser.parse(try TextFile.read("\(root)/docs/schemas/verify.schema.json"))
    #expect(SchemaCheck(schema: schema).complaints(try JSONParser.parse(outcome.output)) == [])
  }

  @Test("what a killed verification left is removed by the next one, and nothing that is used or another's")
  func leftovers() throws {
    let user = try User()
    let outcome = try user.shell(
      """
      set -e; cd ..
      left=$(mktemp -d /var/tmp/sallyport-verify-XXXXXX); mkdir $left/work; ln -s "$PWD/home" $left/work/link
      used=$(mktemp -d /var/tmp/sallyport-verify-XXXXXX); open=$(mktemp -d /var/tmp/sallyport-verify-XXXXXX)
      chmod 755 $open; ln -s "$PWD/home" /var/tmp/sallyport-verify-$$link; touch home/kept
      exec 9< $used; flock 9
      "$SALLYPORT" verify --only N5.packet
      for path in $left $used $open /var/tmp/sallyport-verify-$$link home/kept; do
        if test -e $path; then echo there; else echo gone; fi
      done
      rm -r $used $open /var/tmp/sallyport-verify-$$link
      """)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").suffix(5) == ["gone", "there", "there", "there", "there"])
  }

  @Test("an attempt that does not exist is refused with the nearest that does")
  func unknown() throws {
    let outcome = try User().sallyport("verify", "--only", "K1.io-urin")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("Did you mean 'K1.io-uring'?"))
  }

  @Test("a list of attempts that names none is refused", arguments: ["", ",", " , "])
  func none(only: String) throws {
    let outcome = try User().sallyport("verify", "--only", only)
    #expect(outcome.code == 64)
    #expect(outcome.errors.hasPrefix("sallyport: --only names no attempt."), "\(outcome.errors)")
  }

  @Test("who names nothing that is there is told in a few lines what can be named")
  func wrongName() throws {
    let outcome = try User().sallyport("verify", "--only", "ZZ")
    #expect(outcome.code == 64)
    #expect(outcome.errors.count < 500, "\(outcome.errors)")
    for words in ["'ZZ'", "sallyport verify --list", "Usage: sallyport verify "] {
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test("nobody at a terminal is asked about what a trial left")
  func asksNobody() throws {
    let script = """
      import os, pty, sys
      pid, fd = pty.fork()
      if pid == 0:
          os.execv(os.environ["SALLYPORT"], ["sallyport", "verify", "--only", "F3.task,F3.workflow"])
      seen = b""
      while True:
          try: piece = os.read(fd, 4096)
          except OSError: break
          if not piece: break
          seen += piece
          if b"Keep it?" in piece: os.write(fd, b"y\\n")
      print(seen.decode(errors="replace"))
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
      """
    let outcome = try User().python(script)
    #expect(outcome.code == 0, "\(outcome.output) \(outcome.errors)")
    #expect(!outcome.output.contains("Keep it?"), "\(outcome.output)")
    #expect(outcome.output.contains("2 as expected"), "\(outcome.output)")
  }

  @Test("at a terminal it says what it does before there is any verdict")
  func progress() throws {
    let outcome = try User().python(
      """
      import os, pty
      pid, fd = pty.fork()
      if pid == 0:
          os.environ["TERM"] = "xterm"
          os.execv(os.environ["SALLYPORT"], ["sallyport", "verify", "--only", "N5.packet"])
      print(os.read(fd, 4096).decode())
      try:
          while os.read(fd, 4096): pass
      except OSError: pass
      os.waitpid(pid, 0)
      """)
    #expect(outcome.output.contains("verify 0 of 1: making a sandbox"), "\(outcome.output)")
  }

  @Test("a host that makes no sandbox is told apart from one that fails")
  func poorHost() throws {
    let outcome = try User().shell(
      "\"$(dirname \"$SALLYPORT\")/sallyport-probe\" poor-host \"$SALLYPORT\" verify --only K1")
    #expect(outcome.code == 69)
    #expect(outcome.errors.contains("The sandbox cannot be engaged: user-namespace: unshare: EPERM"))
  }

  @Test("interrupted, it deletes what it made")
  func interrupted() throws {
    let user = try User()
    let script = """
      places() { ls -d /var/tmp/sallyport-verify-*/ 2>/dev/null; }
      before=$(places)
      "$SALLYPORT" verify & verify=$!
      while test "$(places)" = "$before"; do sleep 0.001; done
      kill -TERM $verify; wait $verify; code=$?
      test "$(places)" = "$before" || echo left
      exit $code
      """
    let outcome = try user.shell(script)
    #expect(outcome.code == 130, "\(outcome.errors)")
    #expect(outcome.output == "")
  }

  @Test("an inside that looks as the outside does fails, and says so")
  func failure() throws {
    // A program that says that it worked, in the place of the one that tries.
    let user = try User()
    let line = #"{"id":"K1.io-uring","outcome":"succeeded","text":""}"#
    try user.write("#!/bin/sh\necho '\(line)'\n", to: "liar")
    let script = """
      mkdir bin && for name in sallyport sallyport-init; do cp "$(dirname "$SALLYPORT")/$name" bin/; done
      for link in "$(dirname "$SALLYPORT")"/*.resources; do cp -R "$link" bin/; done
      cp liar bin/sallyport-probe; chmod +x bin/sallyport-probe
      exec bin/sallyport verify --only K1.io-uring
      """
    let outcome = try user.shell(script)
    #expect(outcome.code == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("IT WORKED"))
    #expect(outcome.output.contains("FAILED"))
    #expect(outcome.output.hasSuffix("1 attempts, 0 as expected, 1 failed\n"))
  }
}
