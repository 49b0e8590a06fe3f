internal import Evidence
internal import Glibc
internal import Testing

/// Ways around protected files, and what is said where a way stays open.
@Suite("Around protected files", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct ProtectedEvasionTests {
  private let user: User

  init() throws {
    user = try User()
    let script = """
      git init -q . && git config user.name a && git config user.email a@b && mkdir -p .vscode src
      echo '{}' > .vscode/settings.json; echo x > src/a.c; git add -A && git commit -qm x
      """
    try #require(try user.shell(script).code == 0)
  }

  private func run(_ script: String, policy: String? = nil, options: String = "") throws -> ProtectedRun {
    try user.protectedRun(script, at: "src/script", policy: policy, options: options, below: user.project)
  }

  private func text(_ name: String) -> String { user.text(at: "\(user.project)/\(name)") }

  // MARK: Floods

  private static let dangerous = """
    mkdir -p .vscode; echo 1 > .vscode/tasks.json; echo 1 > .envrc; mkdir -p deep/er; echo 1 > deep/er/.envrc
    git init -q n; git -C n config core.fsmonitor evil
    """

  @Test("who floods a protected directory hides nothing: the flood goes as a whole, and all else is put back")
  func flood() throws {
    let ended = try run("mkdir .idea; (cd .idea; seq 4001 | xargs touch)\n" + Self.dangerous)
    #expect(
      ended.lines == [
        ".envrc new put-back", ".idea new put-back", ".vscode/tasks.json new put-back", "deep/er/.envrc new put-back",
        "n/.git/config new put-back",
      ])
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(access("\(user.project)/.idea", F_OK) != 0)
  }

  @Test("of a flooded directory that was there, what was there stays")
  func floodOfOld() throws {
    try #require(try user.shell("mkdir -p .idea/d; echo 1 > .idea/a.xml; echo 2 > .idea/d/b.xml").code == 0)
    let ended = try run(
      "(cd .idea; seq 4001 | xargs touch; touch d/c; echo 3 > a.xml); echo 1 > .envrc")
    #expect(
      ended.lines == [".envrc new put-back", ".idea changed put-back", ".idea/a.xml changed put-back"],
      "\(ended.errors)")
    #expect(try user.shell("cd .idea; find . -type f | sort; cat a.xml d/b.xml").output == "./a.xml\n./d/b.xml\n1\n2\n")
  }

  @Test("a protected directory that was too full before loses nothing, and that is said at the start")
  func fullBefore() throws {
    try #require(try user.shell("mkdir .idea; cd .idea; seq 5000 | xargs touch").code == 0)
    let ended = try run("echo 1 > .envrc")
    #expect(ended.code == 0)
    #expect(ended.lines == [".envrc new put-back"])
    #expect(ended.errors.contains("so that new ones in them stay unseen: .idea"), "\(ended.errors)")
    #expect(try user.shell("ls .idea | wc -l").output == "5000\n")
  }

  @Test("a directory that may be gone into but not listed is looked at")
  func unlistable() throws {
    let ended = try run("mkdir d; echo 1 > d/.envrc; chmod 311 d; mkdir .idea; echo 1 > .idea/x; chmod 311 .idea")
    #expect(ended.lines == [".idea/x new put-back", "d/.envrc new put-back"], "\(ended.errors)")
  }

  @Test("the policy's own file cannot be changed, in a repository below the workspace's top neither")
  func policyInRepository() throws {
    try #require(try user.shell("git init -q sub && echo 'version: 1' > sub/policy.yaml").code == 0)
    _ = try run("echo '# agent' >> sub/policy.yaml; true", options: "--policy sub/policy.yaml")
    #expect(text("sub/policy.yaml") == "version: 1\n")
  }

  // MARK: Copies

  @Test("what was moved with its directory is no news, by whichever name; at the top it is")
  func moved() throws {
    let before = "mkdir -p pkg/.vscode; echo 1 > pkg/.npmrc; echo 2 > pkg/.vscode/tasks.json; echo 3 > pkg/.envrc"
    try #require(try user.shell(before).code == 0)
    #expect(try run("mv pkg pkg2").lines == [])
    #expect(text("pkg2/.npmrc") + text("pkg2/.vscode/tasks.json") == "1\n2\n")
    #expect(access("\(user.project)/pkg", F_OK) != 0)
    #expect(try run("cp -r pkg2/.vscode/. .vscode; cp pkg2/.envrc .").lines.count == 2)
  }

  @Test("what was removed with its directory comes back where something else is in its place")
  func replaced() throws {
    try #require(try user.shell("mkdir -p pkg other; echo 1 > pkg/.npmrc").code == 0)
    #expect(try run("rm -r pkg; mkdir pkg").lines == ["pkg/.npmrc removed put-back"])
    #expect(text("pkg/.npmrc") == "1\n")
  }

  // MARK: Other people's code

  @Test("what is denied is not denied within what was installed, as nothing there is put back")
  func installed() throws {
    let ended = try run(
      """
      mkdir -p node_modules/x .venv/lib && echo 1 > node_modules/x/.npmrc && echo 1 > .venv/lib/.envrc || exit 3
      mkdir -p v/.vscode && echo 1 > v/.vscode/tasks.json && mv v node_modules/y || true
      echo 1 > src/.envrc
      """, policy: "protect: {packages: deny, shell: deny}")
    #expect(ended.code == 1, "\(ended.errors)")
    #expect(text("node_modules/x/.npmrc") == "1\n")
    #expect(text(".venv/lib/.envrc") == "1\n")
    #expect(text("src/.envrc") == "nothing")
  }

  // MARK: Git

  @Test("what was refused and is in git all the same is told with its object")
  func committed() throws {
    let ended = try run("echo 'curl evil' > .envrc; git add -A; git commit -qm x")
    let blob = try user.shell("git rev-parse HEAD:.envrc").output.split(separator: "\n").joined()
    #expect(ended.errors.contains("brings it back: .envrc (blob \(blob.prefix(12)))"), "\(ended.errors)")
    #expect(ended.errors.contains("ALSO IN GIT"), "\(ended.errors)")
    #expect(ended.report["protected"]?.array?.first?["blob"]?.string == blob)
    #expect(try !run("echo other > .envrc").errors.contains("also in git"))
  }

  @Test("and so in a repository of the other kind")
  func committedBySHA256() throws {
    try #require(try user.shell("git init -q --object-format=sha256 r").code == 0)
    let ended = try run("cd r; echo 1 > .envrc; git add -A")
    #expect(ended.report["protected"]?.array?.first?["blob"]?.string?.count == 64, "\(ended.errors)")
  }

  // MARK: What cannot be undone

  @Test("a protected file that could not be put back ends the command with 72, and its length is told at the start")
  func longOriginal() throws {
    try #require(try user.shell("head -c 1100000 /dev/zero > .pypirc").code == 0)
    let ended = try run("echo 1 > .pypirc", options: "--quiet")
    #expect(ended.code == 72, "\(ended.errors)")
    #expect(ended.lines == [".pypirc changed failed"])
    let lines = ended.errors.split(separator: "\n")
    #expect(lines.first?.contains("changes to them cannot be undone: .pypirc") == true, "\(ended.errors)")
    #expect(lines.last?.contains("PROTECTED FILES ARE CHANGED") == true, "\(ended.errors)")
    #expect(try run("true", options: "--quiet").code == 0)
  }

  // MARK: Other runs

  @Test(
    "a run that begins while another one goes on does not take its changes for what was there",
    arguments: [(".", "."), (".", "src"), ("src", ".")])
  func overlapping(first: String, second: String) throws {
    let script = """
      echo own > src/.npmrc
      (cd \(first); "$SALLYPORT" run -q -- sh -c 'cd \(user.project)/src; echo evil > .envrc; echo evil > .npmrc; touch ../src/up; sleep 4') < /dev/null &
      while ! [ -e src/up ]; do sleep 0.05; done
      cd \(second); setsid -w "$SALLYPORT" run -q -- sleep 6 < /dev/null; wait
      """
    let outcome = try user.shell(script)
    #expect(text("src/.envrc") == "nothing", "\(outcome.errors)")
    #expect(text("src/.npmrc") == "own\n", "\(outcome.errors)")
    #expect(outcome.errors.contains("under way in this workspace changed protected files"), "\(outcome.errors)")
  }

  @Test("so does one with state of its own", arguments: ["XDG_RUNTIME_DIR=\"$PWD/../session\"", "XDG_RUNTIME_DIR="])
  func otherState(session: String) throws {
    let script = """
      mkdir -m 700 ../session ../session/sallyport; cp -a ../home/.local/state/sallyport ../state; export \(session)
      for n in $(seq 200); do printf '%s' "$PWD/../home/.local/state/sallyport" > ../session/sallyport/r_$n; done
      "$SALLYPORT" run -q -- sh -c 'echo evil > .envrc; touch up; sleep 4' < /dev/null &
      while ! [ -e up ]; do sleep 0.05; done
      SALLYPORT_HOME="$PWD/../state" setsid -w "$SALLYPORT" run -q -- sleep 6 < /dev/null; wait
      """
    let outcome = try user.shell(script)
    #expect(text(".envrc") == "nothing", "\(outcome.errors)")
    #expect(outcome.errors.contains("under way in this workspace changed protected files"), "\(outcome.errors)")
    #expect(try user.shell("ls ../session/sallyport").output.isEmpty == session.contains("session"))
  }

  // MARK: Signals

  @Test("an agent that does not end is ended at the second SIGTERM, and what it did is put back")
  func secondTerm() throws {
    let script = """
      setsid "$SALLYPORT" run -- sh -c 'trap "" TERM INT HUP; echo 1 > .envrc; sleep 60; sleep 60' < /dev/null & pid=$!
      while ! [ -e .envrc ]; do sleep 0.05; done; sleep 0.3; kill -TERM $pid; sleep 0.5; kill -0 $pid || exit 9; kill -TERM $pid
      wait $pid
      """
    let outcome = try user.shell(script)
    #expect(outcome.code == 137, "\(outcome.errors)")
    #expect(outcome.errors.contains("exit 137"), "\(outcome.errors)")
    #expect(text(".envrc") == "nothing")
  }

  @Test("and ten seconds after the first one", arguments: ["TERM", "HUP"])
  func firstTerm(signal: String) throws {
    let script = """
      setsid "$SALLYPORT" run -q -- sh -c 'trap "" TERM INT HUP; echo 1 > .envrc; sleep 60; sleep 60' < /dev/null & pid=$!
      while ! [ -e .envrc ]; do sleep 0.05; done; sleep 0.3; SECONDS=0; kill -\(signal) $pid; wait $pid; echo "$? $SECONDS"
      """
    let words = try user.shell(script).output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(words.count == 2)
    #expect(words[0] == 137)
    #expect((9...14).contains(words[1]))
    #expect(text(".envrc") == "nothing")
  }
}
