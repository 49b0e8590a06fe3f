internal import Evidence
internal import Glibc
internal import Testing

@Suite("Running a program", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct RunCommandTests {
  @Test(
    "the agent's own end is the command's",
    arguments: [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143)] as [(String, Int32)])
  func exitCode(script: String, code: Int32) throws {
    let outcome = try User().sallyport("run", "--quiet", "--", "/bin/sh", "-c", script)
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.isEmpty)
  }

  @Test("what the agent prints is passed on, and the summary does not mix with it")
  func output() throws {
    let outcome = try User().sallyport("run", "--", "/bin/echo", "hello")
    #expect(outcome.output == "hello\n")
    #expect(outcome.errors.contains("exit 0"))
  }

  @Test("a program that is not there exits with 66")
  func unknownProgram() throws {
    let outcome = try User().sallyport("run", "--", "no-such-program-anywhere")
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("no-such-program-anywhere"))
  }

  @Test("a wrong policy starts nothing")
  func wrongPolicy() throws {
    let user = try User()
    try user.write("version: 1\nrule: []\n", to: "sallyport.yaml")
    let outcome = try user.sallyport("run", "--", "/bin/echo", "started")
    #expect(outcome.code == 65)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("sallyport.yaml:2:"))
  }

  @Test("the JSON goes where it was told to, whatever the agent writes on its own streams")
  func json() throws {
    let user = try User()
    let script = "echo out; printf 'no end of line' >&2; exit 3"
    let outcome = try user.sallyport("run", "--json", "run.json", "--", "/bin/sh", "-c", script)
    #expect(outcome.code == 3)
    #expect(outcome.output == "out\n")
    #expect(outcome.errors.contains("exit 3"))
    let text = try TextFile.read("\(user.project)/run.json")
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    let report = try JSONParser.parse(text)
    #expect(report["exitStatus"]?.integer == 3)
    #expect(report["ledger"]?["verified"]?.bool == true)
  }

  @Test("the JSON can go to a descriptor that the caller opened, and to standard output behind the agent's own")
  func jsonDescriptor() throws {
    let user = try User()
    let program = try #require(BuiltProgram.path)
    let start = "cd project && HOME='\(user.home)' '\(program)' run --quiet"
    #expect(user.arrange("\(start) --json /dev/fd/3 -- /bin/echo out 3>&1 >../agent | cat > ../json") == 0)
    #expect(try TextFile.read("\(user.root)/agent") == "out\n")
    #expect(try JSONParser.parse(try TextFile.read("\(user.root)/json"))["version"]?.integer == 1)
    #expect(user.arrange("\(start) --json - -- /bin/echo out > ../both") == 0)
    let both = try TextFile.read("\(user.root)/both").split(separator: "\n")
    #expect(both.count == 2 && both.first == "out")
    #expect(try JSONParser.parse(String(both.last ?? ""))["version"]?.integer == 1)
  }

  @Test(
    "a place for the JSON that cannot be one is said before the agent starts",
    arguments: ["none/run.json", "directory", "pipe", "/dev/fd/77", ""])
  func noJSON(place: String) throws {
    let user = try User()
    user.arrange("mkdir project/directory && mkfifo project/pipe")
    let outcome = try user.sallyport("run", "--json", place, "--", "/bin/echo", "started")
    #expect([64, 73].contains(outcome.code))
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("--json"), "\(outcome.errors)")
  }

  @Test("the report is written into a directory that is made for it")
  func report() throws {
    let user = try User()
    let outcome = try user.sallyport("run", "--quiet", "--report", "deep/down", "--", "/bin/true")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/deep/down/report.json"))
    #expect(report["version"]?.integer == 1)
  }

  @Test("a report that cannot be written is said before the agent starts")
  func noReport() throws {
    let user = try User()
    try user.write("", to: "file")
    let outcome = try user.sallyport("run", "--report", "file/out", "--", "/bin/echo", "started")
    #expect(outcome.code == 73)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("--report"))
  }

  @Test("two runs at once write one ledger that verifies")
  func together() throws {
    let user = try User()
    let runs = try (0..<2).map { try user.start(["run", "--quiet", "--", "/bin/sh", "-c", "exit \($0)"]) }
    for (code, run) in runs.enumerated() {
      let outcome = try run.finish()
      #expect(outcome.code == Int32(code), "\(outcome.errors)")
    }
    let outcome = try user.sallyport("log", "verify", "--json")
    #expect(outcome.code == 0)
    let ended = try user.sallyport("log", "show", "--type", "run.ended", "--json")
    #expect(ended.output.split(separator: "\n").count == 2)
  }

  @Test("the release of an agent that is installed stands in summary, report and ledger")
  func version() throws {
    let user = try User()
    let package = "node_modules/@openai/codex"
    _ = system("mkdir -p '\(user.project)/\(package)/bin'")
    try user.write(#"{"name": "@openai/codex", "version": "0.163.0"}"#, to: "\(package)/package.json")
    try user.write("#!/bin/sh\nexit 0\n", to: "\(package)/bin/codex")
    chmod("\(user.project)/\(package)/bin/codex", 0o755)
    let outcome = try user.sallyport("run", "--report", "out", "--", "\(package)/bin/codex")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("codex 0.163.0 · "))
    let wanted: JSONValue = ["id": "codex", "version": "0.163.0", "versionSource": "installed"]
    #expect(try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))["agent"] == wanted)
    for type in ["run.started", "run.ended"] {
      let entry = try user.sallyport("log", "show", "--type", type, "--json").output
      #expect(entry.contains(#""agent":{"id":"codex","version":"0.163.0","versionSource":"installed"}"#))
    }
  }

  @Test("the summary counts all entries of the run, and only those")
  func entries() throws {
    let user = try User()
    for _ in 0..<2 {
      let outcome = try user.sallyport("run", "--report", "out", "--", "/bin/true")
      let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
      let run = try #require(report["run"]?.string)
      let count = try user.sallyport("log", "show", "--run", run, "--json").output.split(separator: "\n").count
      #expect(report["ledger"]?["entries"]?.integer == count)
      #expect(outcome.errors.contains("\(count) entries of this run"))
    }
  }

  @Test("a run that the sandbox refuses has an end in the ledger, and says which options there are")
  func refused() throws {
    let user = try User()
    let outcome = try user.sallyport("run", "--read", "/", "--", "/bin/true")
    #expect(outcome.code == 64)
    let entries = try user.sallyport("log", "show", "--json").output.split(separator: "\n").map {
      try JSONParser.parse(String($0))
    }
    #expect(entries.map { $0["type"]?.string } == ["run.started", "run.ended"])
    #expect(entries.last?["refused"]?.string == "usage")
    #expect(entries[0]["run"] == entries[1]["run"])
  }
}
