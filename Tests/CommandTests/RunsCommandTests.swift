internal import Evidence
internal import Glibc
internal import Testing

@Suite("sallyport runs, runs diff and report", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct RunsCommandTests {
  /// Somebody after two runs that differ in a program and in what was sent.
  private static func user() throws -> User {
    let user = try User()
    for script in ["true", "curl -s -m 5 -d body=one http://closed.test/; ls >/dev/null; exit 4"] {
      _ = try user.sallyport("run", "--quiet", "--", "/bin/bash", "-c", script)
    }
    return user
  }

  @Test("runs are listed newest first, for people and for machines")
  func list() throws {
    let user = try Self.user()
    let text = try user.sallyport("runs")
    #expect(text.code == 0, "\(text.errors)")
    let lines = text.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("r_") && lines[1].hasPrefix("  /bin/bash -c 'curl -s -m 5"), "\(text.output)")
    #expect(lines[2].contains("exit 4 · 1 request · 1 blocked"), "\(text.output)")
    let narrow = try user.shell("COLUMNS=80 \"$SALLYPORT\" runs").output.split(separator: "\n")
    #expect(narrow.count >= lines.count && narrow.allSatisfy { $0.count <= 80 }, "\(narrow)")
    let json = try user.sallyport("runs", "--json", "--limit", "1")
    let run = try JSONParser.parse(json.output)
    #expect(run["state"] == "ended" && run["exitStatus"] == 4 && run["totals"]?["blocked"] == 1)
    #expect(run["ledger"] == ["verified": true])
    #expect(run["command"]?.array?.last?.string?.hasSuffix("ls >/dev/null; exit 4") == true)
    #expect(try user.sallyport("runs", "--agent", "codex").output == "No such runs.\n")
    #expect(try user.sallyport("runs", "--workspace", ".", "--json").output.split(separator: "\n").count == 2)
    #expect(try user.sallyport("runs", "--workspace", "..", "--json").output.split(separator: "\n").count == 2)
    #expect(try user.sallyport("runs", "--workspace", "/usr").output == "No such runs.\n")
    #expect(try user.sallyport("runs", "--limit", "0").code == 64)
  }

  @Test("a broken file is named on standard error, and the rest is listed")
  func broken() throws {
    let user = try Self.user()
    user.arrange("for f in home/.local/state/sallyport/runs/*/run.json; do echo '{' > $f; break; done")
    let outcome = try user.sallyport("runs")
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("run.json: cannot be read"), "\(outcome.errors)")
    #expect(outcome.output.contains("nothing that can be read"))
    #expect(outcome.output.split(separator: "\n").count { $0.hasPrefix("r_") } == 2)
  }

  @Test("a run that is refused before it has begun leaves nothing to list")
  func notBegun() throws {
    let user = try User()
    user.arrange("mkdir -p project/own/detectors && echo '{' > project/own/detectors/x.yaml")
    for words in [["--secret", "ABSENT@a.example"], ["--secret", "ABSENT"], ["--catalog", "own"]] {
      let outcome = try user.sallyport(["run"] + words + ["--", "/bin/true"])
      #expect([64, 65].contains(outcome.code), "\(outcome.errors)")
      #expect(try user.shell("ls -A \(user.state)/runs \(user.state)/live 2>/dev/null | grep r_").output == "")
      #expect(try user.sallyport("runs").output == "No runs yet.\n")
    }
  }

  @Test("before the first run there is none")
  func none() throws {
    let user = try User()
    #expect(try user.sallyport("runs").output == "No runs yet.\n")
    #expect(try user.sallyport("report").code == 66)
    #expect(try user.sallyport("runs", "diff", "latest~1", "latest").code == 66)
  }

  @Test("the difference ends with 1, none with 0, and what cannot be read with its own code")
  func diff() throws {
    let user = try Self.user()
    let outcome = try user.sallyport("runs", "diff", "latest~1", "latest")
    #expect(outcome.code == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("+ closed.test (unknown): blocked"), "\(outcome.output)")
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let same = try user.sallyport("runs", "diff", "latest", "latest")
    #expect(same.code == 0 && same.output.contains("No difference."))
    let json = try JSONParser.parse(try user.sallyport("runs", "diff", "latest~1", "latest", "--json").output)
    #expect(json["same"] == false)
    let schema = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/docs/schemas"
    let check = SchemaCheck(schema: try JSONParser.parse(try TextFile.read("\(schema)/runs-diff.schema.json")))
    #expect(check.complaints(json).isEmpty, "\(check.complaints(json))")
    try user.write("{}", to: "broken.json")
    let broken = try user.sallyport("runs", "diff", "broken.json", "latest")
    #expect(broken.code == 76 && broken.errors.contains("broken.json: version is missing"), "\(broken.errors)")
    #expect(try user.sallyport("runs", "diff", "r_", "latest").code == 64)
    #expect(try user.sallyport("runs", "diff", "none.json", "latest").code == 66)
  }

  @Test("a report is shown again in every form, by any of a run's names, as the run itself would have written it")
  func report() throws {
    let user = try User()
    _ = try user.sallyport("run", "--quiet", "--report", "out", "--", "/bin/true")
    let written = try TextFile.read("\(user.project)/out/report.json")
    #expect(try user.sallyport("report", "--format", "json").output == written)
    #expect(try user.sallyport("report", "./out", "--format", "json").output == written)
    let id = try #require(try JSONParser.parse(written)["run"]?.string)
    #expect(try user.sallyport("report", String(id.prefix(6)), "--format", "json").output == written)
    #expect(try user.sallyport("report", "latest").output.contains(id))
    let again = try user.sallyport("report", "--output", "again")
    #expect(again.code == 0, "\(again.errors)")
    for name in ["report.json", "report.html", "findings.sarif"] {
      #expect(user.arrange("cmp project/out/\(name) project/again/\(name)") == 0, "\(name)")
    }
    #expect(try user.sallyport("report", "--output", "one", "--format", "sarif").code == 0)
    #expect(user.arrange("test $(ls project/one) = findings.sarif") == 0)
    #expect(try user.sallyport("report", "--format", "pdf").code == 64)
    #expect(try user.sallyport("report", "--format", "text", "--output", "x").code == 64)
    #expect(try user.sallyport("report", "latest~1").code == 66)
  }

  @Test("a run that was refused is listed as one, with its reason")
  func refused() throws {
    let user = try User()
    let run = try user.shell("SSL_CERT_FILE=/nowhere \"$SALLYPORT\" run --quiet -- /bin/true")
    try #require(run.code == 65, "\(run.code) \(run.errors)")
    #expect(try user.sallyport("runs").output.contains("not run to its end: configuration"))
  }
}
