internal import Evidence
internal import Testing

@Suite("The policy commands", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct PolicyCommandTests {
  @Test("a URL that the catalogue knows with another method is told with that, and how to ask for it")
  func otherMethod() throws {
    let url = ["policy", "explain", "--url", "https://api.anthropic.com/v1/messages"]
    let outcome = try User().sallyport(url)
    #expect(
      outcome.errors == """
        sallyport: with --method POST it is model traffic (anthropic/messages); this is about GET.

        """)
    #expect(outcome.output.contains("Nothing in the catalogue describes this request to api.anthropic.com:443."))
    #expect(try User().sallyport(url + ["--method", "POST"]).errors.isEmpty)
    #expect(try User().sallyport("policy", "explain", "--url", "https://a.example/").errors.isEmpty)
  }

  @Test("a wrong policy exits with 65, and names file, line and the nearest word")
  func wrong() throws {
    let user = try User()
    try user.write("version: 1\npostur: ban\n", to: "wrong.yaml")
    let outcome = try user.sallyport("policy", "check", "wrong.yaml")
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("wrong.yaml:2:"))
    #expect(outcome.errors.contains("did you mean 'posture'?"))
    #expect(outcome.output.isEmpty)
  }

  @Test("a policy that is not there exits with 66 and says how to make one")
  func missing() throws {
    let outcome = try User().sallyport("policy", "check", "none.yaml")
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("none.yaml"))
    #expect(outcome.errors.contains("sallyport init"))
  }

  @Test("the template of every posture is a sound policy", arguments: ["ban", "control", "partner", "internal"])
  func templates(posture: String) throws {
    let user = try User()
    let template = try user.sallyport("init", "--posture", posture, "--output", "-")
    #expect(template.code == 0)
    try user.write(template.output, to: "sallyport.yaml")
    let outcome = try user.sallyport("policy", "check", "--json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let report = try JSONParser.parse(outcome.output)
    #expect(report["posture"]?.string == posture)
    #expect(report["sound"]?.bool == true)
    #expect(report["file"]?.string?.hasSuffix("/project/sallyport.yaml") == true)
  }

  @Test("the template names a schema that is there")
  func schema() throws {
    let template = try User().sallyport("init", "--output", "-").output
    let line = try #require(template.split(separator: "\n").first)
    let path = try #require(line.split(separator: "$schema=").last.map(String.init))
    #expect(try JSONParser.parse(try TextFile.read(path))["properties"]?["limits"] != nil)
  }

  @Test("init writes over nothing unless it is told to")
  func keeps() throws {
    let user = try User()
    try user.write("mine\n", to: "sallyport.yaml")
    let refused = try user.sallyport("init")
    #expect(refused.code == 73)
    #expect(refused.errors.contains("--force"))
    #expect(try TextFile.read("\(user.project)/sallyport.yaml") == "mine\n")
    #expect(try user.sallyport("init", "--force").code == 0)
    #expect(try user.sallyport("policy", "check").code == 0)
  }

  @Test("rules that never decide and patterns that mean no file are said, and refused with --strict")
  func warnings() throws {
    let user = try User()
    let text = """
      version: 1
      rules:
        - {name: all, when: {destination: "*.example.com"}, then: block}
        - {name: one, when: {destination: a.example.com}, then: allow}
        - {name: keys, when: {paths: ["*.pem", secrets/**]}, then: block}

      """
    try user.write(text, to: "sallyport.yaml")
    try user.write("x\n", to: "a.pem")
    let outcome = try user.sallyport("policy", "check")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("sallyport.yaml: sound;"))
    #expect(outcome.output.contains("sallyport.yaml:4: 'one' never decides: 'all' (line 3)"))
    #expect(outcome.output.contains("sallyport.yaml:5: 'keys': no file of this workspace matches secrets/** yet"))
    let strict = try user.sallyport("policy", "check", "--strict", "--json")
    #expect(strict.code == 65)
    #expect(strict.errors.contains("2 parts of it have no effect"))
    let report = try JSONParser.parse(strict.output)
    #expect(report["sound"]?.bool == false)
    #expect(report["warnings"]?.array?.count == 2)
    // The same file elsewhere says nothing of the files of a directory that it does not lie in.
    user.arrange("mkdir -p project/elsewhere")
    try user.write(text, to: "elsewhere/p.yaml")
    let other = try user.sallyport("policy", "check", "elsewhere/p.yaml")
    #expect(!other.output.contains("no file of this workspace"))
    user.arrange("mkdir -p project/.git")
    #expect(try user.sallyport("policy", "check", "elsewhere/p.yaml").output.contains("matches secrets/** yet"))
  }

  @Test("what init writes has no part without effect", arguments: ["ban", "control", "partner", "internal"])
  func noWarnings(posture: String) throws {
    let user = try User()
    user.arrange("mkdir -p project/.git")
    #expect(try user.sallyport("init", "--posture", posture).code == 0)
    let outcome = try user.sallyport("policy", "check", "--strict", "--json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try JSONParser.parse(outcome.output)["warnings"]?.array == [])
  }

  private static let guarded = """
    version: 1
    rules:
      - {name: keys, when: {paths: secrets/**, lines: ">10"}, then: block}
      - {name: theirs, when: {owners: "@a/b"}, then: block}

    """

  @Test("a CODEOWNERS that cannot be used is a wrong policy, where a rule names owners; one that is not there is said")
  func owners() throws {
    let user = try User()
    try user.write(Self.guarded, to: "sallyport.yaml")
    let without = try user.sallyport("policy", "check")
    #expect(without.code == 0)
    #expect(without.output.contains("there is no CODEOWNERS here"))
    try user.write("* @a\n*.c nobody\n", to: "CODEOWNERS")
    let outcome = try user.sallyport("policy", "check")
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("/project/CODEOWNERS:2: 'nobody'"))
    #expect(outcome.errors.contains("'theirs'"))
    #expect(try user.sallyport("run", "--", "true").code == 65)
  }

  @Test("a CODEOWNERS that decides is the user's alone during a run")
  func ownersStay() throws {
    let user = try User()
    try user.write(Self.guarded, to: "sallyport.yaml")
    user.arrange("mkdir project/docs")
    try user.write("/auth/ @a/b\n", to: "docs/CODEOWNERS")
    let script = "echo '* @c' > docs/CODEOWNERS; rm -f docs/CODEOWNERS; mv docs/CODEOWNERS x; echo ran"
    let outcome = try user.sallyport("run", "--quiet", "--", "/bin/sh", "-c", script)
    #expect(outcome.output == "ran\n", "\(outcome.errors)")
    #expect(try TextFile.read("\(user.project)/docs/CODEOWNERS") == "/auth/ @a/b\n")
  }

  @Test("explain says what files inside would change")
  func sources() throws {
    let user = try User()
    try user.write(Self.guarded, to: "sallyport.yaml")
    try user.write("/auth/ @a/b\n", to: "CODEOWNERS")
    func explain(_ arguments: String...) throws -> User.Outcome {
      try user.sallyport(
        ["policy", "explain", "--url", "https://api.openai.com/v1/responses", "--method", "POST"] + arguments)
    }
    #expect(try explain("--source", "secrets/a.pem:4-13").code == 0)
    let stopped = try explain("--source", "secrets/a.pem:4-15")
    #expect(stopped.code == 1)
    #expect(stopped.output.contains("12 lines of secrets/a.pem (4-15)"))
    #expect(try explain("--source", "secrets/a.pem:4-13", "--sent-lines", "1").code == 1)
    let owned = try explain("--source", "auth/a.c").output
    #expect(owned.contains("  decision  block\n  rule      theirs (\(user.project)/sallyport.yaml:4)\n"))
    #expect(try explain("--source", "secrets/a.pem:9-4").code == 64)
    #expect(try explain("--share", "120").code == 64)
  }

  @Test("explain exits with 0 for what would go on")
  func goesOn() throws {
    let outcome = try User().sallyport(
      "policy", "explain", "--agent", "claude-code", "--url", "https://api.anthropic.com/v1/messages", "--method",
      "POST", "--json")
    #expect(outcome.code == 0)
    let report = try JSONParser.parse(outcome.output)
    #expect(report["purpose"]?.string == "model")
    #expect(report["decision"]?["action"]?.string == "allow")
    #expect(report["steps"]?.array?.count { $0["decides"]?.bool == true } == 1)
  }

  @Test("explain exits with 1 for what would be stopped, and says what would change that")
  func stopped() throws {
    let outcome = try User().sallyport("policy", "explain", "--url", "https://paste.example/", "--method", "POST")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("decision  block"))
    #expect(outcome.output.contains("remedy"))
  }

  @Test("explain answers first, then names what matched too; only --verbose lists what did not apply")
  func order() throws {
    let user = try User()
    try user.write(
      "version: 1\nrules:\n  - {name: ours, when: {destination: a.example}, then: report, because: It is ours.}\n",
      to: "sallyport.yaml")
    let arguments = ["policy", "explain", "--url", "https://a.example/", "--method", "POST", "--finding", "credential"]
    let short = try user.sallyport(arguments)
    let lines = short.output.split(separator: "\n").map(String.init)
    #expect(short.code == 1)
    #expect(lines[1] == "  decision  block")
    #expect(lines[2].hasPrefix("  rule      secrets (built-in:control:"))
    #expect(lines[3] == "  because   A working secret leaves for no purpose.")
    let matched = try #require(lines.firstIndex(of: "These rules matched too:"))
    #expect(lines[matched + 1] == "  ours (\(user.project)/sallyport.yaml:3): report — answers")
    #expect(lines.contains { $0.contains("uploads to unknown sites") && $0.contains("but ours answered first") })
    #expect(
      lines.contains { $0.contains("likely secrets") && $0.contains(", about credential (credential, grade block)") })
    #expect(!short.output.contains("purpose is unknown, not telemetry"))
    #expect(lines.last?.wholeMatch(of: /\d+ more rules did not apply; --verbose says why\./) != nil)
    #expect(lines.count < 20, "\(lines.count)")
    let long = try user.sallyport(arguments + ["-v"])
    #expect(long.output.contains("These did not apply:\n"))
    #expect(long.output.contains("telemetry (built-in:control:"))
    #expect(long.output.contains("block — purpose is unknown, not telemetry\n"))
    #expect(!long.output.contains("--verbose"))
  }

  @Test("explain exits with 65 where the policy is wrong")
  func explainsNothing() throws {
    let user = try User()
    try user.write("version: 1\nposture: lax\n", to: "sallyport.yaml")
    let outcome = try user.sallyport("policy", "explain", "--url", "https://a.example/")
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("sallyport.yaml:2:"))
  }
}
