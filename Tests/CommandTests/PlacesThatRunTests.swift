internal import Evidence
internal import Testing

@Suite("What runs later", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct PlacesThatRunTests {
  private func run(_ script: String) throws -> (changes: [String], files: [String], summary: String) {
    let user = try User()
    #expect(try user.shell("git init -q . && echo 1 > .git/hooks/commit-msg && echo 2 > .git/hooks/update").code == 0)
    // What is told is told of what is there: protection would take it away.
    let groups = ["git", "hooks", "editors", "agents", "ci", "shell", "packages"].map { "\($0): allow" }
    try user.write("version: 1\nprotect: {\(groups.joined(separator: ", "))}\n", to: "sallyport.yaml")
    let outcome = try user.sallyport("run", "--report", "out", "--", "/bin/sh", "-c", script)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    let project = user.project + "/"
    func name(_ value: JSONValue) -> String {
      let path = value["path"]?.string ?? ""
      return path.hasPrefix(project) ? String(path.dropFirst(project.count)) : path
    }
    let changes = (report["runsLater"]?.array ?? []).map { "\(name($0)) \($0["change"]?.string ?? "")" }
    return (
      changes, (report["opened"]?.array ?? []).map { "\(name($0)) \($0["reason"]?.string ?? "")" }, outcome.errors
    )
  }

  @Test(
    "a hook is told, however it came",
    arguments: [
      ("echo x > h; mv h .git/hooks/pre-commit", [".git/hooks/pre-commit new"]),
      ("echo x > h; ln h .git/hooks/pre-push", [".git/hooks/pre-push new"]),
      ("ln -s /nowhere .git/hooks/post-checkout", [".git/hooks/post-checkout new"]),
      ("ln -s / .git/hooks/b", [".git/hooks/b new"]),
      ("ln -s ../.. .git/hooks/up", [".git/hooks/up new"]),
      (
        "mkdir tools; echo x > tools/pre-push; rm -r .git/hooks; ln -s ../tools .git/hooks",
        [
          ".git/hooks new", ".git/hooks/commit-msg removed", ".git/hooks/pre-push new", ".git/hooks/update removed",
        ]
      ),
      ("ln -s .git/hooks hk; echo x > hk/pre-commit", [".git/hooks/pre-commit new"]),
      ("cp -r .git/hooks n; echo x > n/pre-commit; mv .git/hooks o; mv n .git/hooks", [".git/hooks/pre-commit new"]),
      ("cp -r .git n; echo x > n/hooks/pre-push; mv .git o; mv n .git", [".git/hooks/pre-push new"]),
      (
        "chmod +x .git/hooks/commit-msg; rm .git/hooks/update",
        [".git/hooks/commit-msg mode", ".git/hooks/update removed"]
      ),
      ("git config core.hooksPath hk", [".git/config changed"]),
      (
        "mkdir .vscode; echo 1 > .vscode/tasks.json; echo 1 > .envrc; echo 1 > .mcp.json",
        [".envrc new", ".mcp.json new", ".vscode/tasks.json new"]
      ),
      ("mkfifo .envrc; echo 1 > README", [".envrc new"]),
    ])
  func told(script: String, changes: [String]) throws {
    let run = try run(script)
    #expect(run.changes == changes)
    #expect(run.summary.contains("touched"))
  }

  @Test("an example of a hook, which git does not run, is not told until it is one")
  func examples() throws {
    let run = try run("rm -rf .git; git init -q .; mv .git/hooks/pre-push.sample .git/hooks/pre-push")
    #expect(run.changes.filter { $0.contains("/hooks/") && $0.contains("sample") } == [])
    #expect(run.changes.contains(".git/hooks/pre-push new"))
    #expect(run.files.filter { $0.contains("sample") } == [])
    #expect(!run.summary.contains(".sample"), "\(run.summary)")
  }

  @Test("a run that leaves them alone says nothing of them")
  func untouched() throws {
    let run = try run("echo x > file; git add file; cat .git/hooks/*")
    #expect(run.changes == [])
    #expect(!run.summary.contains("touched"))
  }

  @Test(
    "an attempt is told by where it leads",
    arguments: [
      "ln -s ~/.ssh/id_rsa l; cat l", "cd .git; cat /proc/self/cwd/../../home/.ssh/id_rsa",
      "cat /proc/self/root$HOME/.ssh/id_rsa", "cat /proc/$$/root$HOME/.ssh/id_rsa",
      "ln -s / r; ln -s r s; cat s$HOME/.ssh/id_rsa", "ln -s ~/.ssh /dev/shm/d; cat /dev/shm/d/id_rsa",
      "exec 7< /; cat /dev/fd/7$HOME/.ssh/id_rsa", "mkdir -p a/b; ln -s a/b c; cat c/../../../home/.ssh/id_rsa",
    ])
  func resolved(script: String) throws {
    let run = try run("(\(script)) 2>/dev/null; true")
    #expect(run.files.contains { $0.hasSuffix("/home/.ssh/id_rsa credential store") }, "\(run.files)")
  }

  @Test("a hook that is written through a link is told as a hook")
  func throughLink() throws {
    let run = try run("ln -s .git/hooks hk; echo x > hk/pre-commit")
    #expect(run.files == [".git/hooks/pre-commit git hook"])
  }
}
