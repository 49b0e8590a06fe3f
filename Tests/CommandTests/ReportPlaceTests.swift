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
