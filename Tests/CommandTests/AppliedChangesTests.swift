internal import Evidence
internal import Glibc
internal import Testing

/// What `sallyport changes apply` does where something else happened in the workspace, or the changes are odd.
@Suite("Changes that are applied", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct AppliedChangesTests {
  private let user: User

  init() throws {
    user = try User()
    let script = """
      git init -q . && git config user.name a && git config user.email a@b && echo 1 > a && mkdir d && echo 2 > d/f
      git add -A && git commit -qm first
      """
    try #require(try user.shell(script).code == 0)
  }

  @discardableResult
  private func run(_ script: String) throws -> User.Outcome {
    try TextFile.write(script, to: "\(user.root)/script")
    return try user.shell(
      "setsid -w \"$SALLYPORT\" run --overlay -q --read \(user.root)/script -- /bin/bash \(user.root)/script < /dev/null"
    )
  }

  private static let commit = "echo agent >> a; echo new > n; git add -A; git commit -qm agent"
  private static let state = "git log --format=%s | head -1; git status --short; git fsck 2>&1"

  // MARK: Commits

  @Test("a commit is applied though git status wrote the index anew after the run")
  func refreshedAfter() throws {
    try run(Self.commit)
    #expect(try user.shell("touch -d @1500000000 d/f; git status > /dev/null").code == 0)
    let applied = try user.sallyport("changes", "apply")
    #expect(applied.code == 0 && applied.errors.contains("Nothing waits any more"), "\(applied.errors)")
    #expect(try user.shell(Self.state).output == "agent\n")
  }

  @Test("a commit is applied though git status wrote the index anew while the run went on")
  func refreshedDuring() throws {
    let during = """
      mkdir ~/flag; echo '\(Self.commit); touch up; until test -e ~/flag/done; do :; done; rm up' > ../script
      setsid -w "$SALLYPORT" run --overlay -q --read ~/flag --read \(user.root)/script -- /bin/bash \(user.root)/script < /dev/null &
      until ls \(user.state)/runs/*/overlay/upper/up > /dev/null 2>&1; do :; done
      touch -d @1500000000 d/f; git status > /dev/null; touch ~/flag/done; wait
      """
    #expect(try user.shell(during).code == 0)
    let applied = try user.sallyport("changes", "apply")
    #expect(applied.code == 0, "\(applied.errors)")
    #expect(try user.shell(Self.state).output == "agent\n")
  }

  @Test(
    "where git add or a commit changed the repository meanwhile, nothing of the agent's commit is applied but sources",
    arguments: ["echo b > b; git add b", "echo b > b; git add b; git commit -qm mine"])
  func withheld(meanwhile: String) throws {
    try run(Self.commit)
    let git = "git ls-files -s; find .git -type f | sort | xargs sha256sum"
    let before = try user.shell("\(meanwhile); \(git)").output
    let applied = try user.sallyport("changes", "apply")
    #expect(applied.code == 1, "\(applied.errors)")
    let sentences = applied.errors.split(separator: "\n").filter { $0.contains(": none of it is applied, since .git/") }
    #expect(sentences.count == 1 && sentences[0].contains("changes discard r_"), "\(applied.errors)")
    #expect(try user.shell(git).output == before)
    #expect(try user.shell("cat a n").output == "1\nagent\nnew\n")
    #expect(try user.sallyport("changes", "discard", "latest", ".git").errors.contains("Nothing waits any more"))
  }

  @Test("--force replaces what was done in the repository meanwhile, as a whole")
  func forced() throws {
    try run(Self.commit)
    #expect(try user.shell("echo b > b; git add b").code == 0)
    #expect(try user.sallyport("changes", "apply").code == 1)
    #expect(try user.sallyport("changes", "apply", ".git", "--force").code == 0)
    #expect(try user.shell("git log --format=%s | head -1; git status --short").output == "agent\n?? b\n")
  }

  @Test("who decides about some changes is asked once about a commit, and again where the answer is none")
  func reviewed() throws {
    let outcome = try user.runOnTerminal(
      Self.commit, options: "\"--overlay\",", answering: "[?]", with: ["abort", "Some", "y", "n", "no"])
    #expect(outcome.output.contains("no answer to this question: a (all), s (some)"), "\(outcome.output)")
    #expect(outcome.output.contains(".git, as a whole: "), "\(outcome.output) \(outcome.errors)")
    #expect(try user.sallyport("changes").output == "M  8 B  a\nA  4 B  n\n", "\(outcome.output)")
    #expect(try user.shell("git log --format=%s | head -1; cat a").output == "agent\n1\n")
  }

  // MARK: Permissions, directories, sizes

  @Test("permissions and directories are told, in the list, the diff and JSON, and git applies the diff")
  func permissions() throws {
    try #require(try user.shell("chmod 640 a; mkdir gone; chmod 755 d").code == 0)
    try run(
      "chmod 666 a; chmod 777 d; mkdir -m 700 e; rmdir gone; echo 3 >> d/f; chmod 600 d/f; head -c 12345 /dev/zero > z")
    let list = try user.sallyport("changes")
    #expect(
      list.output == """
        T           a  (mode 0640, now 0666)
        T           d/  (mode 0755, now 0777)
        M      4 B  d/f  (mode 0644, now 0600)
        A           e/
        D           gone/
        A  12.3 kB  z

        """)
    #expect(list.errors.contains(": 2 added, 1 changed, 1 removed, 2 with other permissions\n"), "\(list.errors)")
    let shown = try user.sallyport("changes", "show").output
    for line in [
      "# a: old mode 0640, new mode 0666\n", "# d/: directory, old mode 0755, new mode 0777\n",
      "# d/f: old mode 0644, new mode 0600\n", "# e/: new directory, mode 0700\n", "# gone/: removed directory\n",
    ] { #expect(shown.contains(line), "\(shown)") }
    #expect(try user.shell("\"$SALLYPORT\" changes show | git apply && cat d/f; git checkout -q d").output == "2\n3\n")
    let json = try JSONParser.parse(try user.sallyport("changes", "--json").output)
    let changes = json["changes"]?.array ?? []
    #expect(changes.first?["oldMode"]?.string == "0640" && changes.first?["newMode"]?.string == "0666")
    #expect(changes.last?["bytes"]?.integer == 12_345 && changes.last?["newMode"]?.string == "0644")
    let schema = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/docs/schemas"
    let check = SchemaCheck(schema: try JSONParser.parse(try TextFile.read("\(schema)/changes.schema.json")))
    #expect(check.complaints(json).isEmpty, "\(check.complaints(json))")
  }

  @Test("a file that is mostly holes is applied with them, and at once")
  func sparse() throws {
    try run(
      "truncate -s 1T huge; printf x | dd of=huge bs=1 seek=1000000000 conv=notrunc status=none; truncate -s 8G empty")
    #expect(try user.sallyport("changes").output == "A  8.6 GB  empty\nA  1.1 TB  huge\n")
    #expect(try user.sallyport("changes", "apply", "empty").code == 0)
    #expect(try user.sallyport("changes", "apply").code == 0)
    let sizes = "stat -c %s huge empty; tail -c +1000000001 huge | head -c 1; du -k huge empty | awk '$1 > 64'"
    #expect(try user.shell(sizes).output == "1099511627776\n8589934592\nx")
  }

  // MARK: Depth

  private static func chain(_ depth: Int, _ name: String) -> String {
    "python3 -c 'import os\nfor _ in range(\(depth)): os.mkdir(\"\(name)\"); os.chdir(\"\(name)\")\nopen(\"end\", \"w\").write(\"end\")'"
  }

  @Test("changes in many hundred directories one within the other are applied")
  func deep() throws {
    try run(Self.chain(600, "d1"))
    let applied = try user.sallyport("changes", "apply")
    #expect(applied.code == 0 && applied.errors.contains("601 added. Nothing waits any more"), "\(applied.errors)")
    #expect(try user.shell("find . -name end | tr / '\\n' | grep -c d1").output == "600\n")
  }

  @Test("what lies deeper than any path is named, is not said to be applied, and can be discarded")
  func tooDeep() throws {
    try run("echo 3 > a; " + Self.chain(60, String(repeating: "d", count: 100)))
    let list = try user.sallyport("changes")
    #expect(list.errors.contains("has paths in it of more than 4095 bytes"), "\(list.errors)")
    let applied = try user.sallyport("changes", "apply")
    #expect(applied.code == 1 && !applied.errors.contains("Nothing waits any more"), "\(applied.errors)")
    #expect(try user.shell("cat a").output == "3\n")
    #expect(try user.sallyport("changes", "apply").code == 1)
    #expect(try user.sallyport("changes", "--json").output.contains("\"incomplete\":true"))
    #expect(try user.sallyport("changes", "discard", "latest").code == 0)
    #expect(try user.sallyport("changes").code == 66)
    #expect(try user.shell("ls \(user.state)/runs/*/ | grep overlay").output == "")
  }

  // MARK: Runs

  @Test("a run that was refused before its agent began has no changes that wait")
  func refused() throws {
    let outcome = try user.shell(
      "chmod 000 d; setsid -w \"$SALLYPORT\" run --overlay -q --read /nowhere/at/all -- /bin/true < /dev/null; chmod 755 d; "
        + "cd /dev/shm && mkdir sp$$ && cd sp$$; setsid -w \"$SALLYPORT\" run --overlay -- /bin/true < /dev/null; echo $?; "
        + "\"$SALLYPORT\" changes; echo $?; cd ..; rmdir sp$$; ls \(user.state)/runs/*/ | grep overlay")
    #expect(outcome.output.hasSuffix("\n66\n"), "\(outcome.output) \(outcome.errors)")
    #expect(outcome.errors.contains("No changes wait"), "\(outcome.errors)")
  }

  @Test("a file that is called as a run is applied by ./ before its name")
  func likeARun() throws {
    try run("echo 1 > latest; echo 2 > r_file; echo 3 > other")
    #expect(try user.sallyport("changes", "apply", "./latest", "r_file").code == 0)
    #expect(try user.shell("cat latest r_file; ls other 2>/dev/null").output == "1\n2\n")
    #expect(try user.sallyport("changes").output == "A  2 B  other\n")
  }
}
