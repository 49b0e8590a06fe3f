internal import Evidence
internal import Testing

@Suite("Protected files", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct ProtectedFilesTests {
  private let user: User

  init() throws {
    user = try User()
    let script = """
      git init -q . && git config user.name a && git config user.email a@b && mkdir -p .github/workflows .vscode src
      echo 'on: push' > .github/workflows/a.yml; echo '{}' > .vscode/settings.json; echo x > src/a.c
      git add -A && git commit -qm x
      """
    try #require(try user.shell(script).code == 0)
  }

  /// Runs a script inside and gives what the report says of protected places: `path change outcome`.
  private func run(_ script: String, policy: String? = nil) throws -> [String] {
    let ended = try user.protectedRun(
      script, at: "src/script", policy: policy, options: "--quiet", below: user.project)
    #expect(ended.code == 0, "\(ended.errors)")
    return ended.lines
  }

  private func text(_ name: String) -> String { user.text(at: "\(user.project)/\(name)") }

  @Test("hooks and configuration cannot be written, and are as they were")
  func gitIsDenied() throws {
    let before = text(".git/config")
    let lines = try run("(echo x > .git/hooks/pre-commit; git config core.fsmonitor evil) 2>/dev/null; true")
    #expect(lines == [".git/config none refused", ".git/hooks/pre-commit none refused"])
    #expect(text(".git/config") == before)
    #expect(text(".git/hooks/pre-commit") == "nothing")
  }

  @Test(
    "what a link in git's place leads to cannot be written either",
    arguments: [
      ("mkdir s; echo 1 > s/h; ln -s ../../s/h .git/hooks/pre-commit", "echo 2 >> s/h", "s/h"),
      ("mkdir s; echo 1 > s/h; ln -s ../../s/h .git/hooks/pre-commit", "echo 2 >> .git/hooks/pre-commit", "s/h"),
      ("ln -s ../../s/h .git/hooks/pre-commit; mkdir s", "echo 2 > s/h", "s/h"),
      ("rm -r .git/hooks; mkdir hk; ln -s ../hk .git/hooks", "echo 2 > hk/post-commit", "hk/post-commit"),
      ("mv .git/config cf; ln -s $PWD/cf .git/config", "git config core.fsmonitor evil", "cf"),
    ])
  func linkedGit(_ before: String, _ script: String, _ path: String) throws {
    try #require(try user.shell(before).code == 0)
    let held = text(path)
    _ = try run("(\(script)) 2>/dev/null; true")
    #expect(text(path) == held)
  }

  @Test(
    "what a link in another protected place leads to is put back as what stands there",
    arguments: [
      ("mkdir c; echo 1 > c/tasks.json; rm -r .vscode; ln -s c .vscode", "echo 2 > c/tasks.json", "c/tasks.json"),
      ("mkdir c; rm -r .vscode; ln -s c .vscode", "echo 2 > c/tasks.json", "c/tasks.json"),
      ("echo 1 > env; ln -s env .envrc", "echo 2 > env", "env"),
      (
        "mkdir c; mv .github/workflows c; rm -r .github; ln -s c .github", "echo 2 > c/workflows/a.yml",
        "c/workflows/a.yml"
      ),
      ("mkdir c d; echo 1 > d/x; ln -s ../d c/agents; ln -s c .claude", "echo 2 > d/x; echo 3 > d/y", "d/x"),
    ])
  func linkedElsewhere(_ before: String, _ script: String, _ path: String) throws {
    try #require(try user.shell(before).code == 0)
    let held = text(path)
    let lines = try run(script)
    #expect(text(path) == held, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("\(path) ") && $0.hasSuffix(" put-back") }, "\(lines)")
  }

  @Test("what a link leads to that the agent made is not taken for new")
  func linkOfTheAgents() throws {
    let lines = try run("rm -r .vscode; ln -s src .vscode; echo 1 > src/new.c; echo 2 > src/a.c")
    #expect(lines == [".vscode new put-back", ".vscode/settings.json removed put-back"])
    #expect(text("src/a.c") == "2\n")
    #expect(text("src/new.c") == "1\n")
  }

  @Test("of a rebase that waits, what would run when it goes on is put back; commits alone are left")
  func rebase() throws {
    let lines = try run(
      "mkdir .git/rebase-merge; printf 'pick 1234 x\\nexec touch /tmp/x\\n' > .git/rebase-merge/git-rebase-todo")
    #expect(lines == [".git/rebase-merge/git-rebase-todo new put-back"])
    #expect(
      try run("mkdir -p .git/rebase-merge; printf '# a\\npick 1234 x\\n' > .git/rebase-merge/git-rebase-todo").isEmpty)
  }

  @Test("in an overlay, what a link leads to is marked as protected")
  func linkedOverlay() throws {
    try #require(try user.shell("mkdir c; echo 1 > c/tasks.json; rm -r .vscode; ln -s c .vscode").code == 0)
    #expect(try user.sallyport("run", "--quiet", "--overlay", "--", "/bin/sh", "-c", "echo 2 > c/tasks.json").code == 0)
    let applied = try user.sallyport("changes", "apply")
    #expect((applied.output + applied.errors).contains("1 protected"), "\(applied.output)\(applied.errors)")
    #expect(text("c/tasks.json") == "1\n")
  }

  @Test("with protection off all of it is there afterwards")
  func counterpart() throws {
    let lines = try run(
      "echo x > .git/hooks/pre-commit; echo 2 > .vscode/settings.json; echo 1 > .envrc",
      policy: "protect: {git: allow, editors: allow, shell: allow}")
    #expect(lines == [".envrc new kept", ".git/hooks/pre-commit new kept", ".vscode/settings.json changed kept"])
    #expect(text(".git/hooks/pre-commit") == "x\n")
    #expect(text(".envrc") == "1\n")
  }

  @Test(
    "what nobody was there to keep is put back, however it came",
    arguments: [
      ("echo 2 > .vscode/settings.json", [".vscode/settings.json changed put-back"]),
      ("mkdir -p a/b; echo 1 > a/b/.envrc", ["a/b/.envrc new put-back"]),
      ("echo 1 > n; mv n .mcp.json", [".mcp.json new put-back"]),
      ("echo 1 > n; ln n .npmrc", [".npmrc new put-back"]),
      ("ln -s /tmp .idea", [".idea new put-back"]),
      (
        "mkdir v; echo 1 > v/tasks.json; mv .vscode o; ln -s v .vscode",
        [".vscode new put-back", ".vscode/settings.json removed put-back"]
      ),
      ("rm -r .github", [".github/workflows/a.yml removed put-back"]),
      ("chmod 755 .github/workflows/a.yml", [".github/workflows/a.yml mode put-back"]),
      ("mkfifo .envrc", [".envrc new put-back"]),
      ("printf x > $'d\\xff'; mkdir $'e\\xff'; echo 1 > $'e\\xff/.envrc'", ["e\u{fffd}/.envrc new put-back"]),
      ("git init -q n; git -C n config core.fsmonitor evil", ["n/.git/config new put-back"]),
      (
        "git init -q n; printf '#!/bin/sh\\n' > n/.git/hooks/post-checkout", ["n/.git/hooks/post-checkout new put-back"]
      ),
      (
        "mkdir -p b/objects b/refs; echo ref: x > b/HEAD; printf '[core]\\n\\tfsmonitor = evil\\n' > b/config",
        ["b/config new put-back"]
      ),
      ("mkdir -p s; echo 'gitdir: ../evil' > s/.git", ["s/.git new put-back"]),
      ("mkdir -p s; echo 'gitdir: /srv/.git/worktrees/x' > s/.git", ["s/.git new put-back"]),
      (
        "mkdir -p e/.git; echo ref: x > e/.git/HEAD; echo ../../src > e/.git/commondir",
        ["e/.git/commondir new put-back"]
      ),
      (
        "w=.git/worktrees/e; mkdir -p $w/objects $w/refs s; echo ref: x > $w/HEAD; echo '[core]fsmonitor = e' > $w/config"
          + "; echo gitdir: ../$w > s/.git",
        [".git/worktrees/e/config new put-back"]
      ),
      ("ln -s ../src .git/modules", [".git/modules new put-back"]),
      // The workspace itself looks like a repository: what is in it counts all the same.
      (
        "touch HEAD; mkdir objects refs; echo 1 > .envrc; echo 1 > src/.envrc",
        [".envrc new put-back", "src/.envrc new put-back"]
      ),
    ] as [(String, [String])])
  func putBack(script: String, lines: [String]) throws {
    #expect(try run(script) == lines)
    #expect(text(".vscode/settings.json") == "{}\n")
    #expect(text(".github/workflows/a.yml") == "on: push\n")
    #expect(!text("n/.git/config").contains("evil"))
    let status = try user.shell("git status --short -- .vscode .github .envrc .mcp.json .npmrc .idea a")
    #expect(status.output == "", "\(status.output)")
  }

  @Test("what is refused is told with its own group, and each place once however many tried it")
  func refusedGroups() throws {
    #expect(try user.shell("git init -q --bare bare.git; mkdir tools; git config core.hooksPath tools").code == 0)
    try user.write(
      "version: 1\nprotect: {shell: deny, agents: deny, editors: deny, hooks: deny, deny: [\"deploy/**\"]}\n",
      to: "sallyport.yaml")
    let script = """
      mkdir -p sub deploy
      for f in .envrc sub/.mcp.json .vscode/tasks.json tools/pre-push deploy/a .git/hooks/x bare.git/hooks/x bare.git/config; do
        (echo 1 > $f) 2> /dev/null; /usr/bin/python3 -c 'import sys; open(sys.argv[1], "w")' $f 2> /dev/null; tee $f < /dev/null
      done; true
      """
    try user.write(script, to: "src/script")
    let outcome = try user.shell(
      "setsid -w \"$SALLYPORT\" run --json \(user.root)/r.json -- /bin/bash src/script < /dev/null 2> ../summary; cat ../summary"
    )
    let report = try JSONParser.parse(try TextFile.read("\(user.root)/r.json"))
    let groups = Set(
      (report["protected"]?.array ?? []).map { entry in
        "\(entry["path"]?.string?.dropFirst(user.project.count + 1) ?? "") \(entry["group"]?.string ?? "")"
      })
    #expect(
      groups == [
        ".envrc shell", "sub/.mcp.json agents", ".vscode/tasks.json editors", "tools/pre-push hooks", "deploy/a policy",
        ".git/hooks/x git", "bare.git/hooks/x git", "bare.git/config git",
      ], "\(groups)")
    #expect(outcome.output.contains("/project/.envrc: change refused (shell)"), "\(outcome.output)")
    #expect(outcome.output.contains(".git/hooks/x and 2 more: change refused (git)"), "\(outcome.output)")
  }

  @Test("what git itself writes is left alone: commit, branches, worktrees, clones, submodules, checkout")
  func gitGoesOn() throws {
    let lines = try run(
      """
      set -e; exec > /dev/null 2>&1
      git checkout -b other; echo 1 > b; git add b; git commit -m b; git checkout master; git merge other
      git worktree add wt; git clone . cl; git init n; git stash list; git tag t; git gc -q; git -C wt commit --allow-empty -m w
      git worktree add wt2; git worktree remove wt2; git -c protocol.file.allow=always submodule add ./cl sm || true
      """)
    #expect(lines.filter { !$0.hasSuffix("refused") } == [])
    #expect(try user.shell("git -C cl status --short && git -C wt log --oneline | wc -l").output == "3\n")
  }

  @Test("hooks and configuration are protected where the repository's configuration says they are")
  func namedByConfiguration() throws {
    let script = """
      mkdir -p tools/hooks; echo ok > tools/hooks/pre-commit; echo > shared.gitconfig
      git config core.hooksPath tools/hooks; git config include.path ../shared.gitconfig
      """
    #expect(try user.shell(script).code == 0)
    let lines = try run("echo evil > tools/hooks/pre-commit; echo evil > shared.gitconfig; echo fine > tools/other")
    #expect(lines == ["shared.gitconfig changed put-back", "tools/hooks/pre-commit changed put-back"])
    #expect(text("tools/hooks/pre-commit") == "ok\n")
  }

  @Test("a directory that was empty is there when what came into it was put back, and one that came with it is not")
  func emptyDirectory() throws {
    #expect(try user.shell("mkdir -p logs").code == 0)
    #expect(try run("echo 1 > logs/.envrc; mkdir new; echo 1 > new/.envrc").count == 2)
    #expect(try user.shell("ls -d logs new 2> /dev/null").output == "logs\n")
  }

  @Test("what was put back is kept aside with a patch that git applies")
  func keptAside() throws {
    _ = try run("echo 2 > .vscode/settings.json; printf '\\000' > .envrc; printf x > .npmrc")
    let directory = try user.shell("echo \(user.state)/runs/r_*").output.split(separator: "\n")[0]
    let outcome = try user.shell(
      "cat \(directory)/put-back/.vscode/settings.json; wc -c < \(directory)/put-back/.envrc;"
        + " git apply --include=.vscode/* --include=.npmrc \(directory)/protected.patch"
        + " && cat .vscode/settings.json .npmrc")
    #expect(outcome.output == "2\n1\n2\nx", "\(outcome.output) \(outcome.errors)")
  }

  @Test("places that the policy names are protected as it says")
  func ownPlaces() throws {
    let lines = try run(
      "mkdir -p deploy; (echo 1 > deploy/a.sh) 2>/dev/null; echo 1 > Makefile; echo 3 > .vscode/settings.json; true",
      policy: "protect: {deny: [\"deploy/**\"], review: [Makefile], allow: [.vscode/settings.json]}")
    #expect(
      lines == [".vscode/settings.json changed kept", "Makefile new put-back", "deploy/a.sh none refused"])
    #expect(text(".vscode/settings.json") == "3\n")
  }

  @Test("an agent writes its own settings in its home")
  func ownHome() throws {
    let lines = try run("mkdir -p ~/.claude && echo '{}' > ~/.claude/settings.json && cat ~/.claude/settings.json")
    #expect(lines == [])
  }

  @Test("a run that was killed is compared by the next one, which puts nothing back")
  func killed() throws {
    let script = """
      setsid "$SALLYPORT" run -q -- /bin/sh -c 'echo 9 > .vscode/settings.json; sleep 60' < /dev/null & pid=$!
      while ! grep -q 9 .vscode/settings.json; do :; done; kill -9 $pid; wait $pid 2>/dev/null
      "$SALLYPORT" run -q -- /bin/true < /dev/null; "$SALLYPORT" run -q -- /bin/true < /dev/null
      """
    let outcome = try user.shell(script)
    let told = outcome.errors.split(separator: "\n").filter { $0.contains("was killed, and since it began") }
    #expect(told.count == 1, "\(outcome.errors)")
    #expect(text(".vscode/settings.json") == "9\n")
  }

  @Test("a person at the terminal keeps one and has the other put back")
  func reviewed() throws {
    let outcome = try user.runOnTerminal("echo 2 > .vscode/settings.json; echo 1 > .envrc", with: ["n", "y"])
    #expect(outcome.output.contains("1 of 2: .envrc (shell), new"), "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output.contains("+2"))
    #expect(text(".envrc") == "nothing")
    #expect(text(".vscode/settings.json") == "2\n")
  }

  @Test("a question mark is answered with what the letters mean, and the question is asked again")
  func asksAgain() throws {
    let outcome = try user.runOnTerminal("echo 1 > .envrc", with: ["?", "y"])
    #expect(
      outcome.output.contains("Keep it? [y]es, [N]o, [d]iff whole, [a]ll, [q]uit, [?]"), "\(outcome.output)")
    #expect(outcome.output.contains("a: keep this one and all that follow"), "\(outcome.output)")
    #expect(text(".envrc") == "1\n")
  }

  @Test("an answer that only begins like one is asked again", arguments: ["abort", "zz"])
  func noPrefix(answer: String) throws {
    let outcome = try user.runOnTerminal("echo 1 > .envrc", with: [answer, "YES"])
    #expect(
      outcome.output.contains("no answer to this question: y (yes), n (no), d (diff), a (all), q (quit) or ?"),
      "\(outcome.output)")
    #expect(text(".envrc") == "1\n")
  }

  @Test("who interrupts the question, or whose terminal goes away, keeps nothing", arguments: ["\\x03", "hangs up"])
  func interrupted(answer: String) throws {
    let script = """
      import os, pty
      pid, fd = pty.fork()
      if pid == 0:
          os.execv(os.environ["SALLYPORT"], ["sallyport", "run", "--", "/bin/sh", "-c", "echo 1 > .envrc"])
      seen = b""
      while b"Keep it?" not in seen: seen += os.read(fd, 4096)
      if "\(answer)" == "hangs up": os.close(fd)
      else:
          os.write(fd, b"\(answer)")
          try:
              while os.read(fd, 4096): pass
          except OSError: pass
      print(os.waitpid(pid, 0)[1])
      """
    let outcome = try user.python(script)
    #expect(outcome.output == "0\n", "\(outcome.errors)")
    #expect(text(".envrc") == "nothing")
    #expect(try user.shell("ls \(user.state)/runs/r_*").output.contains("report.json"))
  }
}
