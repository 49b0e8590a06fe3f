internal import Evidence
internal import Glibc
internal import Testing

@Suite("Writing where an agent can write", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct ReportPlaceTests {
  private func user() throws -> User {
    let user = try User()
    user.arrange("mkdir private && echo mine > private/report.json")
    return user
  }

  @Test(
    "an agent that puts a link in the place of the report's directory moves nothing out of its workspace",
    arguments: ["rm -rf out; ln -s \"$0\" out", "mv out away; ln -s \"$0\" out", "mv deep away; ln -s \"$0\" deep"])
  func linked(script: String) throws {
    let user = try user()
    user.arrange("mkdir -p private/down")
    let directory = script.contains("deep") ? "deep/down" : "out"
    let outcome = try user.sallyport(
      "run", "--report", directory, "--", "/bin/sh", "-c", script, "\(user.root)/private")
    #expect(try TextFile.read("\(user.root)/private/report.json") == "mine\n")
    #expect(user.arrange("test ! -e private/down/report.json") == 0)
    #expect(outcome.code == 73)
    #expect(outcome.errors.contains("exit 0"), "the summary is told all the same: \(outcome.errors)")
    let kept = try #require(
      outcome.errors.split(separator: "\n").last?.firstMatch(of: /\/\S+\/runs\/\S+\/report\.json/),
      "\(outcome.errors)")
    #expect(try JSONParser.parse(try TextFile.read(String(kept.output)))["exitStatus"]?.integer == 0)
  }

  @Test(
    "an agent that tidies the report's directory away, or leaves something in the report's name, loses no report",
    arguments: ["rm -rf out", "rm -rf out; mkdir out", "ln -s /etc/passwd out/report.json", "mkfifo out/report.json"])
  func tidied(script: String) throws {
    let user = try user()
    let outcome = try user.sallyport("run", "--quiet", "--report", "out", "--", "/bin/sh", "-c", script)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(user.arrange("test -f project/out/report.json && test ! -L project/out/report.json") == 0)
    #expect(try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))["version"]?.integer == 1)
  }

  /// What a run says whose page could not be written, and that nothing else is missing.
  private func expectOnlyPageIsMissing(
    _ outcome: User.Outcome, _ report: String, of user: User, cause: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(outcome.code == 73, sourceLocation: sourceLocation)
    #expect(outcome.errors.contains("exit 3"), "the summary: \(outcome.errors)", sourceLocation: sourceLocation)
    let run = try #require(JSONParser.parse(report)["run"]?.string)
    let ours = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("sallyport: ") }
    #expect(ours.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(
      ours.first?.hasSuffix(
        "/report.html: cannot be written: \(cause). The report itself is written; to make the page again: "
          + "sallyport report \(run) --output DIR") == true, "\(ours)", sourceLocation: sourceLocation)
    #expect(try JSONParser.parse(report)["exitStatus"]?.integer == 3, sourceLocation: sourceLocation)
    #expect(try user.sallyport("report", "latest", "--format", "json").output == report, sourceLocation: sourceLocation)
    let again = try user.sallyport("report", run, "--output", "again")
    #expect(again.code == 0, "\(again.errors)", sourceLocation: sourceLocation)
    #expect(user.arrange("test -s project/again/report.html") == 0, sourceLocation: sourceLocation)
  }

  @Test(
    "a disk that the page does not fit on costs the page alone: the report stands, and one sentence says where",
    .enabled(if: system("unshare -Urm true 2>/dev/null") == 0, "no user namespace in which to mount a small disk"))
  func fullDisk() throws {
    let user = try User()
    user.arrange("mkdir project/out")
    let outcome = try user.shell(
      """
      exec unshare -Urm /bin/sh -c '
        mount -t tmpfs -o size=20k tmpfs out
        "$SALLYPORT" run --report out -- /bin/sh -c "exit 3"; code=$?
        cp out/report.json seen.json; ls -A out > names; exit $code'
      """)
    try expectOnlyPageIsMissing(
      outcome, try TextFile.read("\(user.project)/seen.json"), of: user, cause: "No space left on device")
    // No half of a page, and what is smaller has its place.
    #expect(try TextFile.read("\(user.project)/names") == "findings.sarif\nreport.json\n")
  }

  @Test("something that the agent puts in the page's place costs the page alone")
  func pageObstructed() throws {
    let user = try User()
    let outcome = try user.sallyport(
      "run", "--report", "out", "--", "/bin/sh", "-c", "mkdir -p out/report.html/x; exit 3")
    try expectOnlyPageIsMissing(
      outcome, try TextFile.read("\(user.project)/out/report.json"), of: user, cause: "Is a directory")
    #expect(user.arrange("test $(ls -A project/out | wc -l) = 3 && test -f project/out/findings.sarif") == 0)
  }

  @Test("a report's directory that leads out of the workspace by a link is refused, since an agent could have made it")
  func planted() throws {
    let user = try user()
    user.arrange("ln -s ../private project/out")
    let outcome = try user.sallyport("run", "--report", "out", "--", "/bin/echo", "started")
    #expect(outcome.code == 73)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("--report"))
    #expect(try TextFile.read("\(user.root)/private/report.json") == "mine\n")
  }

  @Test("a policy in the workspace, by whatever name, is not the agent's to change")
  func policyInWorkspace() throws {
    let user = try user()
    user.arrange("mkdir project/conf")
    try user.write("version: 1\n", to: "conf/policy.yaml")
    let outcome = try user.sallyport(
      "run", "--quiet", "--policy", "conf/policy.yaml", "--", "/bin/sh", "-c", "echo 'posture: x' >> conf/policy.yaml")
    #expect(outcome.code != 0)
    #expect(try TextFile.read("\(user.project)/conf/policy.yaml") == "version: 1\n")
  }

  @Test("init writes through no link that an agent left, neither to a file nor to a place where none is")
  func initialised() throws {
    let user = try user()
    user.arrange("ln -s ../private/report.json project/sallyport.yaml")
    #expect(try user.sallyport("init").code == 73)
    #expect(try user.sallyport("init", "--force").code == 0)
    #expect(try TextFile.read("\(user.root)/private/report.json") == "mine\n")
    #expect(try TextFile.read("\(user.project)/sallyport.yaml").contains("posture: control"))
  }
}
