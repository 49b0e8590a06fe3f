internal import Evidence
internal import Glibc
internal import Testing

/// Protected files of what is granted with `--write`, beside the workspace: a repository called `other`.
@Suite("Protected files of granted directories", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct GrantedDirectoryTests {
  private let user: User

  init() throws {
    user = try User()
    let script = """
      for d in . ../other; do
        git init -q $d && git -C $d config user.name a && git -C $d config user.email a@b
        mkdir -p $d/.vscode; echo '{}' > $d/.vscode/settings.json
        printf 'own\\n' > $d/.git/hooks/post-commit; git -C $d add -A; git -C $d commit -qm x
      done
      """
    try #require(try user.shell(script).code == 0)
  }

  private func run(
    _ script: String, policy: String? = nil, options: String = "--write ../other", variables: String = ""
  ) throws -> ProtectedRun {
    try user.protectedRun(
      script, at: "script", policy: policy, options: options, variables: variables, below: user.root)
  }

  private func text(_ name: String) -> String { user.text(at: "\(user.root)/\(name)") }

  // MARK: What would run outside

  /// Ways to have `evil` run by git in the other repository, each from its top.
  static let attempts = [
    "echo evil > .git/hooks/pre-commit",
    "echo evil > .git/hooks/post-commit",
    "echo evil >> .git/hooks/post-commit; true",
    "echo evil > n; mv -f n .git/hooks/pre-commit",
    "echo evil > n; mv -f n .git/hooks/post-commit",
    "echo evil > n; ln -f n .git/hooks/pre-commit",
    "ln -s $PWD/.git/hooks/pre-commit l; echo evil > l",
    "ln -s .git/hooks l; echo evil > l/pre-commit",
    "ln -s ../other/.git/hooks ../project/l; echo evil > ../project/l/pre-commit",
    "echo evil > n; ln -s $PWD/n .git/hooks/pre-commit",
    "mkdir h; echo evil > h/pre-commit; rm -rf .git/hooks; mv h .git/hooks",
    "mkdir h; echo evil > h/pre-commit; rm -rf .git/hooks; ln -s ../h .git/hooks",
    "cp -a .git g; echo evil > g/hooks/pre-commit; mv .git old && mv g .git",
    "mv .git/hooks h && echo evil > h/pre-commit && mv h .git/hooks",
    "rm -f .git/hooks/post-commit; echo evil > .git/hooks/post-commit",
    "echo evil > .git/commondir",
    "git config core.fsmonitor evil",
    "git config core.hooksPath evil",
    "/usr/bin/python3 -c 'open(\".git/hooks/pre-commit\", \"w\").write(\"evil\")'",
  ]

  @Test("nothing that git would run comes to be in a granted repository", arguments: attempts)
  func hostile(_ attempt: String) throws {
    let before = try user.shell("cd ../other; find .git/hooks .git/config | sort; cat .git/config").output
    let ended = try run("cd ../other; (\(attempt)) 2> /dev/null; true")
    #expect(ended.code == 0, "\(ended.errors)")
    let after = try user.shell("cd ../other; find .git/hooks .git/config | sort; cat .git/config").output
    #expect(after == before)
    #expect(text("other/.git/hooks/post-commit") == "own\n")
    #expect(text("other/.git/commondir") == "nothing")
  }

  @Test("what is tried is told with its own path and group")
  func told() throws {
    let ended = try run("(echo evil > ../other/.git/hooks/pre-commit) 2> /dev/null; true")
    #expect(ended.lines == ["other/.git/hooks/pre-commit none refused"], "\(ended.errors)")
    #expect(ended.report["protected"]?.array?.first?["group"]?.string == "git")
    #expect(ended.report["notLookedAt"]?.array?.isEmpty == true)
  }

  @Test(
    "what nobody was there to keep is put back, new or not, and the workspace's beside it",
    arguments: [
      ("echo 2 > ../other/.vscode/settings.json", ["other/.vscode/settings.json changed put-back"]),
      ("mkdir ../other/d; echo 1 > ../other/d/.envrc", ["other/d/.envrc new put-back"]),
      (
        "rm -r ../other/.vscode; ln -s src ../other/.vscode",
        ["other/.vscode new put-back", "other/.vscode/settings.json removed put-back"]
      ),
      ("echo 1 > .envrc; echo 1 > ../other/.envrc", ["other/.envrc new put-back", "project/.envrc new put-back"]),
      (
        "mkdir -p ../other/.github/workflows; echo 1 > ../other/.github/workflows/a.yml",
        ["other/.github/workflows/a.yml new put-back"]
      ),
      (
        "git init -q ../other/n; git -C ../other/n config core.fsmonitor evil",
        ["other/n/.git/config new put-back"]
      ),
    ] as [(String, [String])])
  func putBack(_ script: String, _ lines: [String]) throws {
    let ended = try run(script)
    #expect(ended.lines == lines, "\(ended.errors)")
    #expect(ended.code == 0)
    #expect(text("other/.vscode/settings.json") == "{}\n")
    #expect(text("project/.envrc") + text("other/.envrc") == "nothingnothing")
    #expect(ended.errors.contains("protected files were changed and put back: "), "\(ended.errors)")
  }

  @Test("the same policy counts, with its patterns from the granted directory on")
  func policy() throws {
    let ended = try run(
      "cd ../other; (echo 1 > .envrc) 2> /dev/null; mkdir -p deploy; (echo 1 > deploy/a) 2> /dev/null; "
        + "echo 3 > .vscode/settings.json",
      policy: "protect: {shell: deny, editors: allow, deny: [\"deploy/**\"]}")
    #expect(
      ended.lines == [
        "other/.envrc none refused", "other/.vscode/settings.json changed kept", "other/deploy/a none refused",
      ], "\(ended.errors)")
    #expect(text("other/.vscode/settings.json") == "3\n")
  }

  @Test("a person at the terminal is asked about both directories, and keeps what is granted")
  func reviewed() throws {
    let outcome = try user.runOnTerminal(
      "echo 1 > .envrc; echo 1 > ../other/.envrc", options: "\"--write\", \"../other\",", with: ["n", "y"])
    #expect(outcome.output.contains("1 of 2: .envrc (shell), new"), "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output.contains("2 of 2: \(user.root)/other/.envrc (shell), new"), "\(outcome.output)")
    #expect(text("project/.envrc") + text("other/.envrc") == "nothing1\n")
  }

  @Test("hooks that the workspace's configuration finds in a granted directory are protected there")
  func hooksOfTheWorkspace() throws {
    try #require(try user.shell("mkdir ../other/hooks; git config core.hooksPath ../other/hooks").code == 0)
    let ended = try run("echo evil > ../other/hooks/pre-commit")
    #expect(ended.lines == ["other/hooks/pre-commit new put-back"], "\(ended.errors)")
  }

  @Test("what is granted by the policy is protected too")
  func grantedByPolicy() throws {
    let ended = try run("echo 1 > ../other/.envrc", policy: "files: {write: [\(user.root)/other]}", options: "")
    #expect(ended.lines == ["other/.envrc new put-back"], "\(ended.errors)")
  }

  @Test("what was put back is kept aside, with a patch of its own")
  func keptAside() throws {
    _ = try run("echo 1 > .envrc; echo 2 > ../other/.envrc")
    let kept = try user.shell("cd \(user.state)/runs/r_*/ && ls -d prot* put* && cat put-back/.envrc put-back.1/.envrc")
    #expect(
      kept.output == "protected.patch\nprotected.patch.1\nput-back\nput-back.1\n1\n2\n", "\(kept.output)")
  }

  @Test("what could not be put back ends the command with 72")
  func failed() throws {
    try #require(try user.shell("head -c 1100000 /dev/zero > ../other/.pypirc").code == 0)
    let ended = try run("echo 1 > ../other/.pypirc")
    #expect(ended.code == 72, "\(ended.errors)")
    #expect(ended.errors.contains("could not be put back: \(user.root)/other/.pypirc"), "\(ended.errors)")
  }

  @Test("who closes a directory to listing hides nothing in it", arguments: ["project", "other"])
  func closed(_ directory: String) throws {
    // Root may list everything: the run is somebody else's then.
    let somebody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
    if geteuid() == 0 { user.arrange("chown -R 65534:65534 . && chmod 755 .") }
    let script = "cd ../\(directory); echo 1 > .envrc; chmod 311 ."
    let outcome = try user.shell(
      "setsid -w \(somebody) \"$SALLYPORT\" run -q --write ../other -- sh -c '\(script)' < /dev/null")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("changed and put back: "), "\(outcome.errors)")
    #expect(text("\(directory)/.envrc") == "nothing")
    #expect(text("\(directory)/.vscode/settings.json") == "{}\n")
  }

  // MARK: What goes on working

  @Test("git works in a granted repository, and in working trees that it has in a granted directory")
  func gitGoesOn() throws {
    try #require(try user.shell("mkdir ../trees").code == 0)
    let ended = try run(
      """
      set -e; exec > /dev/null 2>&1
      cd ../other; echo b > b; git add b; git commit -m b; git checkout -b x; git stash list; git gc -q
      cd ../project; git worktree add ../trees/w; git -C ../trees/w commit --allow-empty -m w
      git clone ../other ../trees/c; git -C ../other worktree add ../trees/v
      """, options: "--write ../other --write ../trees")
    #expect(ended.code == 0)
    #expect(ended.lines.filter { !$0.hasSuffix("refused") } == [], "\(ended.errors)")
    #expect(try user.shell("git -C ../trees/w log --oneline | wc -l; git -C ../trees/v status -s").output == "2\n")
    #expect(text("trees/w/.vscode/settings.json") == "{}\n")
  }

  // MARK: Which grants

  @Test("the home directory is not protected, and that is said; the workspace is as ever")
  func home() throws {
    // Within the home it could not be granted.
    let state = "\(user.root)/state"
    CompiledDetectors.give(to: state)
    let ended = try run(
      "echo 1 > ~/.envrc; echo 1 > .envrc", options: "--write \(user.home)", variables: "SALLYPORT_HOME=\(state)")
    #expect(
      ended.errors.contains("since your home directory or an agent's own files are there: \(user.home)\n"),
      "\(ended.errors)")
    #expect(ended.errors.contains("NOT LOOKED AT"), "\(ended.errors)")
    #expect(ended.report["notLookedAt"]?.array?.map(\.string) == [user.home])
    #expect(ended.lines == ["project/.envrc new put-back"])
    #expect(text("home/.envrc") == "1\n")
  }

  @Test("where an agent keeps its own things is not protected, whichever agent runs")
  func agentsOwn() throws {
    try #require(try user.shell("mkdir ~/.claude").code == 0)
    let ended = try run("mkdir ~/.claude/p; echo 1 > ~/.claude/p/.mcp.json", options: "--write ~/.claude")
    #expect(ended.lines == [], "\(ended.errors)")
    #expect(ended.errors.contains("own files are there: \(user.home)/.claude\n"), "\(ended.errors)")
    #expect(text("home/.claude/p/.mcp.json") == "1\n")
  }

  @Test("what the agent of a run keeps for itself is left alone in a granted directory, at its first run, too")
  func agentsOwnWithin() throws {
    try #require(try user.shell("mkdir ~/.config").code == 0)
    let ended = try run(
      "echo 1 > ~/.config/opencode/opencode.json; mkdir ~/.config/x; echo 1 > ~/.config/x/.envrc",
      options: "--agent opencode --write ~/.config")
    #expect(ended.lines == ["home/.config/x/.envrc new put-back"], "\(ended.errors)")
    #expect(text("home/.config/opencode/opencode.json") == "1\n")
  }

  @Test("a protected file that is granted by its own name may be changed, and that is said")
  func namedFile() throws {
    try #require(try user.shell("echo 1 > ../other/.envrc; echo 1 > ../other/notes").code == 0)
    for options in ["--write ../other/.envrc --write ../other/notes", "--write ../other --write ../other/.envrc"] {
      let ended = try run("echo 2 > ../other/.envrc", policy: "protect: {shell: deny}", options: options)
      #expect(ended.lines == [], "\(ended.errors)")
      let said = "so that what is changed there stays, though it acts outside of the sandbox later: "
      #expect(ended.errors.contains("\(said)\(user.root)/other/.envrc\n"), "\(ended.errors)")
      #expect(text("other/.envrc") == "2\n")
      try #require(try user.shell("echo 1 > ../other/.envrc").code == 0)
    }
  }

  @Test("a grant around the workspace and one within it change nothing for the workspace, and each place counts once")
  func nested() throws {
    try #require(try user.shell("mkdir -p ../around/in/sub ../around/beside").code == 0)
    let script = "echo 1 > sub/.envrc; echo 1 > .envrc; echo 1 > ../beside/.envrc; echo 1 > ../sallyport.yaml"
    let outcome = try user.shell(
      "cd ../around/in; setsid -w \"$SALLYPORT\" run -q --write .. --write sub --write ../beside "
        + "--json \(user.root)/r.json -- /bin/bash -c '\(script)' < /dev/null")
    let report = try JSONParser.parse(try TextFile.read("\(user.root)/r.json"))
    let paths = (report["protected"]?.array ?? []).compactMap { $0["path"]?.string?.dropFirst(user.root.count + 8) }
    #expect(
      paths.sorted() == ["beside/.envrc", "in/.envrc", "in/sub/.envrc", "sallyport.yaml"], "\(outcome.errors)")
    #expect(try user.shell("find ../around -type f").output == "")
  }

  @Test("a protected directory of a grant that is flooded loses nothing of the workspace that lies in it")
  func floodAroundWorkspace() throws {
    try #require(try user.shell("mkdir -p ../around/.claude/w; echo own > ../around/.claude/w/a").code == 0)
    let outcome = try user.shell(
      "cd ../around/.claude/w; setsid -w \"$SALLYPORT\" run -q --write ../.. -- "
        + "/bin/bash -c 'cd ..; seq 4001 | xargs touch; echo 2 > w/b' < /dev/null")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try user.shell("cd ../around; find . -type f | sort").output == "./.claude/w/a\n./.claude/w/b\n")
  }

  @Test("with --overlay what is granted changes at once, and is protected")
  func overlay() throws {
    let ended = try run(
      "echo 1 > ../other/.envrc; echo 1 > ../other/new; echo 1 > .envrc; echo 2 > ../other/.vscode/settings.json; "
        + "(echo 1 > ../other/.git/hooks/pre-commit) 2> /dev/null; true",
      options: "--overlay --write ../other")
    #expect(
      ended.lines == [
        "other/.envrc new put-back", "other/.git/hooks/pre-commit none refused",
        "other/.vscode/settings.json changed put-back",
      ], "\(ended.errors)")
    #expect(text("other/new") == "1\n")
    #expect(text("other/.vscode/settings.json") + text("project/.envrc") == "{}\nnothing")
  }

  // MARK: Other runs

  @Test("a run in what another run is granted does not take that one's changes for what was there")
  func overlapping() throws {
    let script = """
      "$SALLYPORT" run -q --write ../other -- sh -c 'cd ../other; echo evil > .envrc; touch up; sleep 4' < /dev/null &
      cd ../other; while ! [ -e up ]; do sleep 0.05; done
      setsid -w "$SALLYPORT" run -q -- sleep 6 < /dev/null; wait
      """
    let outcome = try user.shell(script)
    #expect(outcome.errors.contains("under way in this workspace changed protected files"), "\(outcome.errors)")
    #expect(text("other/.envrc") == "nothing", "\(outcome.errors)")
  }

  @Test("what a killed run left changed in a granted directory is told by the next run there")
  func killed() throws {
    let script = """
      setsid "$SALLYPORT" run -q --write ../other -- sh -c 'echo 9 > ../other/.envrc; sleep 60' < /dev/null & pid=$!
      while ! [ -s ../other/.envrc ]; do sleep 0.05; done; kill -9 $pid; wait $pid 2> /dev/null
      "$SALLYPORT" run -q -- true < /dev/null; cd ../other; "$SALLYPORT" run -q -- true < /dev/null
      """
    let outcome = try user.shell(script)
    let told = outcome.errors.split(separator: "\n").filter { $0.contains("was killed, and since it began") }
    #expect(told.count == 1 && told[0].contains(": .envrc; see "), "\(outcome.errors)")
    #expect(text("other/.envrc") == "9\n")
  }
}
