internal import Testing

@Suite("An agent's first run", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct FirstRunTests {
  @Test("where it keeps its login is made, said once, and stays")
  func places() throws {
    let user = try User()
    let script =
      "cat ~/.claude.json; cat ~/.claude/login 2>/dev/null; echo token > ~/.claude/login; echo '{\"a\":1}' > ~/.claude.json"
    var outcome = try user.sallyport("run", "-q", "--agent", "claude-code", "--", "/bin/sh", "-c", script)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output == "{}\n")
    #expect(
      outcome.errors
        == "sallyport: made ~/.claude and ~/.claude.json, where claude-code keeps its settings and its login.\n")
    #expect(try user.shell("stat -c %a ~/.claude ~/.claude.json; cat ~/.claude/login").output == "700\n600\ntoken\n")
    outcome = try user.sallyport("run", "-q", "--agent", "claude-code", "--", "/bin/sh", "-c", script)
    #expect(outcome.output == "{\"a\":1}\ntoken\n")
    #expect(outcome.errors.isEmpty)
  }

  @Test("for an unknown agent nothing is made")
  func unknown() throws {
    let user = try User(hasState: false)
    let outcome = try user.sallyport("run", "-q", "--", "/bin/true")
    #expect(outcome.errors.isEmpty)
    #expect(try user.shell("ls -A ~ | grep -v .local").output == "")
  }

  @Test("what it keeps is nobody else's, compiled detectors among it")
  func state() throws {
    let user = try User(hasState: false)
    #expect(try user.sallyport("run", "-q", "--", "/bin/true").code == 0)
    #expect(try user.shell("cd ~/.local/state/sallyport && stat -c %a . cache").output == "700\n700\n")
    #expect(try user.shell("ls ~/.local/state/sallyport/cache | grep -c '^detectors-.*hs$'").output == "2\n")
  }
}
