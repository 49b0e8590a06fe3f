internal import Evidence
internal import Glibc
internal import Testing

@Suite("How a run ends and what it leaves", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct RunEndingTests {
  /// Runs an agent that waits in the middle, for the test to do something meanwhile to our process, whose number is the
  /// first argument of its line of shell.
  private func run(_ user: User, meanwhile: String) throws -> User.Outcome {
    let script = "echo x > here; until test -e go; do sleep 0.05; done; exit 7"
    let started = try user.start(["run", "--report", "out", "--", "/bin/sh", "-c", script])
    #expect(user.arrange("for i in $(seq 400); do test -s project/here && exit 0; sleep 0.05; done; exit 1") == 0)
    #expect(user.arrange("set -- $(pgrep -P \(started.process.identifier)); \(meanwhile)") == 0)
    user.arrange("touch project/go")
    return try started.finish()
  }

  @Test("a ledger that breaks during the run costs neither summary nor report, and both say so")
  func brokenLedger() throws {
    let user = try User()
    let outcome = try run(user, meanwhile: "rm -rf home/.local/state/sallyport/ledger/*")
    #expect([73, 74].contains(outcome.code), "\(outcome.errors)")
    #expect(outcome.errors.contains("exit 7"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").last?.hasPrefix("sallyport: ") == true, "\(outcome.errors)")
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    #expect(report["exitStatus"]?.integer == 7)
    #expect(report["ledger"]?["verified"]?.bool == false)
    #expect(report["ledger"]?["problem"]?.string?.isEmpty == false)
  }

  @Test("a sandbox that is killed from outside still leaves summary, report and the entry of its end")
  func killedSandbox() throws {
    let user = try User()
    let outcome = try run(user, meanwhile: "kill -KILL $(pgrep -P $1)")
    #expect(outcome.code == 137, "\(outcome.errors)")
    #expect(outcome.errors.contains("exit 137"), "\(outcome.errors)")
    #expect(outcome.errors.contains("ended from outside"), "\(outcome.errors)")
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    #expect(report["exitStatus"]?.integer == 137)
    #expect(report["ledger"]?["verified"]?.bool == true)
    #expect(try user.sallyport("log", "show", "--type", "run.ended", "--json").output.contains("\"exit\":137"))
  }

  @Test("what a run that was killed left behind, the next one removes")
  func killedRun() throws {
    let user = try User()
    let outcome = try run(user, meanwhile: "kill -KILL $1")
    #expect(outcome.code == 137)
    #expect(user.arrange("test -n \"$(find home/.local/state/sallyport -name trust.pem)\"") == 0)
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    #expect(user.arrange("test -z \"$(find home/.local/state/sallyport -name trust.pem)\"") == 0)
  }

  @Test("a run that goes on is not tidied away by the next one")
  func runningRun() throws {
    let user = try User()
    let program = try #require(BuiltProgram.path)
    let outcome = try run(
      user,
      meanwhile:
        "mkdir other && cd other && HOME='\(user.home)' '\(program)' run -q -- true && find ../home -name trust.pem | grep -q ."
    )
    #expect(outcome.code == 7, "\(outcome.errors)")
  }

  @Test("a run leaves its key, its card and its report, and nothing else")
  func leftovers() throws {
    let user = try User()
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    #expect(user.arrange("test -z \"$(find home/.local/state/sallyport -name trust.pem)\"") == 0)
    #expect(user.arrange("test $(find home/.local/state/sallyport/runs -type f | wc -l) = 3") == 0)
  }
}
