internal import Evidence
internal import Testing

@Suite("Observing a program", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct ObserveCommandTests {
  /// Asks over the explicit proxy: method, host, path, a header field.
  private static let ask = """
    ask() {
      exec 3<>/dev/tcp/127.0.0.1/889
      printf '%s http://%s%s HTTP/1.1\\r\\nHost: %s\\r\\n%s\\r\\nConnection: close\\r\\n\\r\\n' "$1" "$2" "$3" "$2" "$4" >&3
      head -1 <&3 | tr -d '\\r' | cut -d' ' -f2
    }

    """

  private func go(_ user: User, _ subcommand: String, _ options: [String] = [], script: String) throws -> User.Outcome {
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    let outcome = try user.sallyport(
      [subcommand, "--connect-to", "::\(user.root)/up", "--report", "out"] + options
        + ["--", "/bin/bash", "-c", Self.ask + script])
    user.arrange("rm -f up")
    return outcome
  }

  private func exchange(_ user: User, _ host: String) throws -> JSONValue? {
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    return report["exchanges"]?.array?.first { $0["host"]?.string == host }
  }

  private static let upload = "ask POST a.example /up 'Content-Length: 0'"

  @Test("nothing is blocked, it is said once, and the record says what would have been done")
  func reportOnly() throws {
    let user = try User()
    let outcome = try go(user, "observe", ["--output", "p.yaml"], script: Self.upload)
    #expect(outcome.code == 0)
    #expect(outcome.output == "200\n")
    #expect(outcome.errors.split(separator: "\n").count { $0.contains("NOTHING IS BLOCKED") } == 1)
    let seen = try exchange(user, "a.example")
    #expect(seen?["decision"]?.string == "report")
    let reasons = seen?["reasons"]?.array ?? []
    #expect(reasons.last?["subject"]?.string == "observed")
    #expect(reasons.last?["statement"]?.string?.contains("'uploads to unknown sites'") == true)
    #expect(try user.sallyport("log", "verify").code == 0)
    let entries = try user.sallyport("log", "show", "--json")
    #expect(entries.output.contains("\"mode\":\"observe\""))
  }

  @Test("what was seen passes under the proposal; another host, path or method does not")
  func proposal() throws {
    let user = try User()
    _ = try go(user, "observe", ["--output", "p.yaml"], script: Self.upload)
    #expect(try user.sallyport("policy", "check", "p.yaml").code == 0)
    let script =
      Self.upload + "; ask POST b.example /up 'A: b'; ask POST a.example /down 'A: b'; ask GET a.example /up 'A: b'"
    let outcome = try go(user, "run", ["--policy", "p.yaml"], script: script)
    #expect(outcome.output == "200\n403\n403\n403\n", "\(outcome.errors)")
  }

  @Test("without a file the proposal follows what the agent printed, and its end is the command's")
  func standardOutput() throws {
    let outcome = try User().sallyport("observe", "--quiet", "--", "/bin/sh", "-c", "echo hello; exit 7")
    #expect(outcome.code == 7)
    #expect(outcome.output.hasPrefix("hello\n#"))
    #expect(outcome.output.contains("\nposture: ban\n"))
  }

  @Test("a diff against the policy in force makes the proposal of it, and keeps what it says")
  func diff() throws {
    let user = try User()
    try user.write(
      "# ours\nversion: 1\nrules:\n  - {name: no web, when: {purpose: web}, then: block}\n", to: "sallyport.yaml")
    let outcome = try go(user, "observe", ["--quiet", "--diff", "--output", "p.diff"], script: Self.upload)
    #expect(outcome.code == 0)
    user.arrange("cd project && patch -p1 < p.diff")
    let text = try TextFile.read("\(user.project)/sallyport.yaml")
    #expect(text.hasPrefix("# ours\nversion: 1\nposture: ban"))
    #expect(text.contains("  - {name: no web, when: {purpose: web}, then: block}\n"))
    #expect(try go(user, "run", ["--quiet"], script: Self.upload).output == "200\n")
  }

  @Test("a rule of the file in force is told of too, and is not opened")
  func ownRule() throws {
    let user = try User()
    try user.write(
      "version: 1\nrules:\n  - {name: not there, when: {destination: a.example}, then: block}\n", to: "sallyport.yaml")
    let outcome = try go(user, "observe", ["--output", "p.yaml"], script: Self.upload)
    #expect(outcome.output == "200\n")
    #expect(try TextFile.read("\(user.project)/p.yaml").contains("# Stopped by 'not there' above, which stays"))
    #expect(try go(user, "run", ["--policy", "p.yaml"], script: Self.upload).output == "403\n")
  }

  @Test("a file that is there is kept, and that is found out before the agent starts")
  func keeps() throws {
    let user = try User()
    try user.write("mine\n", to: "p.yaml")
    let refused = try user.sallyport("observe", "--output", "p.yaml", "--", "/bin/echo", "started")
    #expect(refused.code == 73)
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains("--force"))
    #expect(try TextFile.read("\(user.project)/p.yaml") == "mine\n")
    #expect(try user.sallyport("observe", "--force", "--output", "p.yaml", "--", "/bin/true").code == 0)
    #expect(try TextFile.read("\(user.project)/p.yaml").contains("posture: ban"))
    #expect(try user.sallyport("observe", "--output", "no/p.yaml", "--", "/bin/true").code == 73)
    #expect(try user.sallyport("observe", "--output", "", "--", "/bin/true").code == 64)
  }

  @Test("an agent cannot lead the proposal elsewhere")
  func links() throws {
    let user = try User()
    try user.write("precious\n", to: "precious")
    let script = "ln -s precious p.yaml; mkdir d; ls"
    let outcome = try user.sallyport("observe", "--output", "p.yaml", "--", "/bin/bash", "-c", script)
    #expect(outcome.code == 0)
    #expect(try TextFile.read("\(user.project)/precious") == "precious\n")
    #expect(try TextFile.read("\(user.project)/p.yaml").contains("posture: ban"))
  }

  @Test("credentials are placeholders while observing too, and the real ones go only to their hosts")
  func placeholders() throws {
    let user = try User { _ in ["EXAMPLE_TOKEN": "the-real-value-of-the-token"] }
    let outcome = try user.sallyport(
      "observe", "--output", "p.yaml", "--secret", "EXAMPLE_TOKEN@a.example", "--", "/bin/bash", "-c",
      "echo \"$EXAMPLE_TOKEN\"")
    #expect(outcome.code == 0)
    #expect(!outcome.output.contains("the-real-value"))
    #expect(outcome.output.count > 1)
  }
}
