internal import Glibc
internal import Sandbox
internal import Testing

/// Spools of telemetry: writable in a run, and nothing of it stays to be sent later.
@Suite struct ScratchTests {
  /// A home with a tool's directory that is granted for writing, as the catalogue does it.
  private func inmate(_ directories: String..., files: [String: String] = [:]) throws -> Inmate {
    let inmate = try Inmate()
    for name in [".tool"] + directories { mkdir(inmate.home + "/" + name, 0o700) }
    for (name, text) in files { try inmate.write(text, to: inmate.home + "/" + name) }
    return inmate
  }

  private func plan(_ inmate: Inmate, _ script: String, access: Bind.Access = .write) -> SandboxPlan {
    var plan = inmate.plan(script)
    let tool = inmate.home + "/.tool"
    plan.home.binds = [Bind(source: tool, target: tool, access: access)]
    plan.scratch = [tool + "/spool"]
    return plan
  }

  @Test("what was spooled before is not there, what is spooled now is gone, and the rest is kept")
  func spool() async throws {
    let inmate = try inmate(".tool/spool", files: [".tool/spool/old": "old", ".tool/settings": "kept"])
    let script = """
      cd ~/.tool; ls spool | wc -l; echo new > spool/new && cat spool/new settings; echo changed > settings
      """
    #expect(try await inmate.run(plan(inmate, script)).output == "0\nnew\nkept")
    #expect(access(inmate.home + "/.tool/spool/new", F_OK) != 0)
    #expect(access(inmate.home + "/.tool/spool/old", F_OK) == 0)
    let second = try await inmate.run(plan(inmate, "cat ~/.tool/settings; ls ~/.tool/spool")).output
    #expect(second == "changed\n")
  }

  @Test("a spool that is not there yet does not come into being with anything in it")
  func missing() async throws {
    let inmate = try inmate()
    let script = "mkdir -p ~/.tool/spool; echo new > ~/.tool/spool/new; cat ~/.tool/spool/new"
    #expect(try await inmate.run(plan(inmate, script)).output == "new\n")
    #expect(access(inmate.home + "/.tool/spool/new", F_OK) != 0)
  }

  @Test("in a home where the tool has nothing yet there is a spool all the same")
  func nothing() async throws {
    let inmate = try Inmate()
    var plan = inmate.plan("echo new > ~/.tool/spool/new; cat ~/.tool/spool/new")
    plan.scratch = [inmate.home + "/.tool/spool"]
    #expect(try await inmate.run(plan).output == "new\n")
    #expect(access(inmate.home + "/.tool", F_OK) != 0)
  }

  @Test("a spool in a directory that can only be read: covered where it is there, passed over where not")
  func readOnly() async throws {
    let without = try inmate()
    #expect(try await without.run(plan(without, "ls ~/.tool | wc -l", access: .read)).output == "0\n")
    let with = try inmate(".tool/spool", files: [".tool/spool/old": "old"])
    let script = "ls ~/.tool/spool | wc -l; echo new > ~/.tool/spool/new && echo written"
    #expect(try await with.run(plan(with, script, access: .read)).output == "0\nwritten\n")
  }

  @Test("a spool behind a symbolic link is covered where it really lies")
  func linked() async throws {
    let inmate = try inmate(".tool/real", files: [".tool/real/old": "old"])
    symlink("real", inmate.home + "/.tool/spool")
    let script = "ls ~/.tool/real | wc -l; echo new > ~/.tool/spool/new; cat ~/.tool/real/new"
    #expect(try await inmate.run(plan(inmate, script)).output == "0\nnew\n")
    #expect(access(inmate.home + "/.tool/real/new", F_OK) != 0)
  }

  @Test("a spool that is a file appears empty and takes nothing")
  func file() async throws {
    let inmate = try inmate(files: [".tool/spool": "old"])
    let script = "wc -c < ~/.tool/spool; (echo new > ~/.tool/spool) 2>/dev/null || echo kept"
    #expect(try await inmate.run(plan(inmate, script)).output == "0\nkept\n")
  }

  @Test("what is granted within a spool is there; a grant of the spool itself wins")
  func granted() async throws {
    let inmate = try inmate(
      ".tool/spool", ".tool/spool/in", files: [".tool/spool/in/file": "in", ".tool/spool/old": "old"])
    var within = plan(inmate, "cat ~/.tool/spool/in/file; ls ~/.tool/spool")
    within.reads = [inmate.home + "/.tool/spool/in"]
    #expect(try await inmate.run(within).output == "inin\n")
    var itself = plan(inmate, "cat ~/.tool/spool/old")
    itself.reads = [inmate.home + "/.tool/spool"]
    #expect(try await inmate.run(itself).output == "old")
  }
}
