internal import Evidence
internal import Glibc
internal import Testing

@Suite("Overlays", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct ChangesCommandTests {
  private let user: User

  init() throws {
    user = try User()
    let script = """
      git init -q . && git config user.name a && git config user.email a@b && mkdir -p d/e .vscode
      echo 1 > d/e/f; echo 2 > d/g; echo 3 > old; ln -s old l; printf 'a\\0b' > bin; echo keep > mod; echo h > 'a b'
      echo '{}' > .vscode/settings.json; printf o > $'odd\\xff'; git add -A && git commit -qm x
      """
    try #require(try user.shell(script).code == 0)
  }

  @discardableResult
  private func run(_ script: String) throws -> User.Outcome {
    try TextFile.write(script, to: "\(user.root)/script")
    return try user.shell(
      "setsid -w \"$SALLYPORT\" run --overlay --quiet --json \(user.root)/r.json --read \(user.root)/script"
        + " -- /bin/bash \(user.root)/script < /dev/null")
  }

  private func fingerprint() throws -> String {
    try user.shell(
      "find . -path ./.git -prune -o -printf '%P %y %m %l\\n' | sort; find . -path ./.git -prune -o -type f -print0"
        + " | sort -z | xargs -0 sha256sum"
    ).output
  }

  /// Everything that can happen to a tree.
  private static let everything = """
    set -e; rm -rf d; mkdir d; echo n > d/new; mv old renamed; rm l; ln -s /etc/passwd l; printf 'c\\0d' > bin
    chmod 755 mod; printf p > $'odd\\xff'; echo new > $'new\\nline "quoted" \\xfe'; rm 'a b'; mkdir -p 'a b/c'; echo x > 'a b/c/x'
    mkdir -p empty/deep closed; echo y > closed/y; chmod 555 closed; git add -A; git commit -qm y; ln mod hard
    """

  @Test("what was changed inside and applied is what it would be without an overlay")
  func everything() throws {
    let other = try ChangesCommandTests()
    let direct = try other.user.shell(Self.everything)
    #expect(direct.code == 0, "\(direct.errors)")

    let before = try fingerprint()
    let outcome = try run(Self.everything)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try fingerprint() == before)
    let applied = try user.sallyport("changes", "apply")
    #expect(applied.code == 0 && applied.errors.contains("Nothing waits any more"), "\(applied.errors)")
    #expect(try fingerprint() == (try other.fingerprint()))
    #expect(try user.shell("git status --short; git log --oneline | wc -l; git fsck 2>&1").output == "?? hard\n2\n")
    #expect(try user.sallyport("changes").code == 66)
  }

  @Test("without an overlay the workspace changes at once")
  func counterpart() throws {
    let before = try fingerprint()
    _ = try user.sallyport("run", "--quiet", "--", "/bin/sh", "-c", "echo 5 > d/g")
    #expect(try fingerprint() != before)
    #expect(try user.sallyport("changes").code == 66)
  }

  @Test("changes are listed, shown as a diff that git applies, and told in the report")
  func shown() throws {
    let outcome = try run("echo 5 > d/g; rm old; echo new > n; echo 9 > .vscode/settings.json")
    #expect(outcome.errors.contains("1 added, 2 changed, 1 removed (1 protected)"), "\(outcome.errors)")
    let list = try user.sallyport("changes").output
    #expect(list == "M  2 B  .vscode/settings.json  (protected: editors)\nM  2 B  d/g\nA  4 B  n\nD       old\n")
    let json = try JSONParser.parse(try user.sallyport("changes", "--json").output)
    #expect(json["changes"]?.array?.map { $0["name"]?.string } == [".vscode/settings.json", "d/g", "n", "old"])
    let schema = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/docs/schemas"
    let check = SchemaCheck(schema: try JSONParser.parse(try TextFile.read("\(schema)/changes.schema.json")))
    let shown = try JSONParser.parse(try user.sallyport("changes", "show", "latest", "d", "--json").output)
    #expect(check.complaints(json).isEmpty && check.complaints(shown).isEmpty, "\(check.complaints(json))")
    #expect(shown["changes"]?.array?.map { $0["diff"]?.string?.hasSuffix("-2\n+5\n") } == [true])
    let report = try JSONParser.parse(try TextFile.read("\(user.root)/r.json"))
    #expect(report["overlay"]?["waiting"]?.integer == 4 && report["overlay"]?["protected"]?.integer == 1)
    let applied = try user.shell("\"$SALLYPORT\" changes show latest | git apply && git status --short")
    #expect(applied.output == " M .vscode/settings.json\n M d/g\n D old\n?? n\n", "\(applied.errors)")
  }

  @Test("some are applied, by name and by directory; a protected one only by its own name")
  func some() throws {
    try run("echo 5 > d/g; echo 6 > d/e/f; rm old; echo 9 > .vscode/settings.json")
    #expect(try user.sallyport("changes", "apply", "d/e").code == 0)
    #expect(try user.shell("git status --short").output == " M d/e/f\n")
    #expect(try user.sallyport("changes", "apply", "latest", ".vscode").code == 64)
    #expect(try user.sallyport("changes", "apply").code == 0)
    #expect(try user.shell("git status --short").output == " M d/e/f\n M d/g\n D old\n")
    #expect(try user.sallyport("changes", "apply", "latest", ".vscode/settings.json").code == 0)
    #expect(try TextFile.read("\(user.project)/.vscode/settings.json") == "9\n")
  }

  @Test("what was changed in the workspace meanwhile is left, during the run and after it")
  func conflicts() throws {
    try TextFile.write(
      "echo 5 > d/g; echo 6 > old; rm mod; echo 1 > n; while ! test -e ~/flag/done; do :; done",
      to: "\(user.root)/script")
    let during = """
      mkdir ~/flag; setsid -w "$SALLYPORT" run --overlay -q --read ~/flag --read \(user.root)/script -- /bin/bash \(user.root)/script < /dev/null &
      pid=$!
      until ls \(user.state)/runs/*/overlay/upper/n > /dev/null 2>&1; do :; done
      sleep 0.1; echo theirs > d/g; touch ~/flag/done; wait $pid
      """
    #expect(try user.shell(during).code == 0)
    #expect(try user.shell("echo mine > old; echo mine > n").code == 0)
    let applied = try user.sallyport("changes", "apply")
    #expect(
      applied.code == 1 && applied.errors.contains(": 1 removed. Still waiting: 3 changed."),
      "\(applied.errors)")
    #expect(try user.shell("cat d/g old n; ls mod 2>/dev/null").output == "theirs\nmine\nmine\n")
    #expect(try user.sallyport("changes", "apply", "--force").code == 0)
    #expect(try user.shell("cat d/g old n").output == "5\n6\n1\n")
  }

  @Test("no link in the workspace leads an application out of it")
  func links() throws {
    try run("mkdir -p x/y; echo evil > x/y/z; echo 5 > d/g")
    #expect(try user.shell("mkdir ../outside; rm -r d; ln -s ../outside d; mkdir x; ln -s ../../outside x/y").code == 0)
    #expect(try user.sallyport("changes", "apply").code == 1)
    #expect(try user.shell("ls -A ../outside; cat d/g").output == "")
    // A link that is in the way of one of the agent's directories gives way to it; of others it stays.
    let forced = try user.sallyport("changes", "apply", "--force")
    #expect(forced.code == 1 && forced.errors.contains("d/g: is not in a directory"), "\(forced.errors)")
    #expect(try user.shell("ls -A ../outside; cat x/y/z; rm d").output == "evil\n")
    #expect(try user.sallyport("changes", "apply", "--force").code == 0)
    #expect(try user.shell("ls -A ../outside; cat d/g x/y/z").output == "5\nevil\n")
  }

  @Test("changes of a run that was killed wait all the same, and those of one that goes on cannot be applied")
  func killed() throws {
    let script = """
      setsid "$SALLYPORT" run --overlay -q -- /bin/sh -c 'echo 5 > d/g; touch n; sleep 60' < /dev/null & pid=$!
      until ls \(user.state)/runs/*/overlay/upper/n > /dev/null 2>&1; do :; done
      "$SALLYPORT" changes apply; echo $?
      kill -9 $pid; wait $pid 2>/dev/null
      until "$SALLYPORT" changes apply 2>/dev/null; do :; done
      cat d/g
      """
    #expect(try user.shell(script).output == "64\n5\n")
  }

  @Test("killed at any instant and called again, an application ends as if nothing had been, and leaves nothing behind")
  func killedApplication() throws {
    let script =
      "for i in {1..300}; do mkdir -p m/$((i % 9)); head -c 40000 /dev/zero > m/$((i % 9))/$i; done; rm -r d; mv old o"
    try run(script)
    let other = try ChangesCommandTests()
    #expect(try other.user.shell(script).code == 0)
    let applying = """
      for delay in 0.03 0.05 0.07 0.09 0.11 0.13 0.16 0.2 0.25 0.3; do
        timeout -s KILL $delay "$SALLYPORT" changes apply latest > /dev/null 2>&1; codes="$codes $?"
      done
      echo $codes; "$SALLYPORT" changes apply latest
      """
    let outcome = try user.shell(applying)
    #expect(outcome.output.contains("137"), "\(outcome.output) \(outcome.errors)")
    #expect(try fingerprint() == (try other.fingerprint()), "\(outcome.output) \(outcome.errors)")
    #expect(
      try user.shell("\"$SALLYPORT\" changes; find . -name '.sallyport*'; ls \(user.state)/runs/*/ | grep overlay")
        .output == "")
  }

  @Test("what a kill left beside a file's place is removed by the next application or discarding")
  func draft() throws {
    try run("echo 5 > d/g; echo 6 > old")
    let plant = "echo half > d/.sallyport.$(basename \(user.state)/runs/r_*)"
    #expect(try user.shell("\(plant); \"$SALLYPORT\" changes discard latest d; ls -A d").output == "e\ng\n")
  }

  @Test("on a full disk an application stops, says so, and goes on when there is space")
  func fullDisk() throws {
    try run("rm bin; for i in 1 2 3 4 5 6; do head -c 200000 /dev/urandom > big$i; done; echo 5 > d/g")
    let script = """
      set -e; cp -a . ../copy; mount -t tmpfs -o size=2200k none "$PWD"; cd "$PWD"; cp -a ../copy/. .
      head -c 1500000 /dev/zero > ballast
      "$SALLYPORT" changes apply latest || echo $?
      rm ballast; "$SALLYPORT" changes apply; cat d/g; ls; rm -rf ../copy
      """
    try TextFile.write(script, to: "\(user.root)/full")
    let outcome = try user.shell("unshare -Urm /bin/bash \(user.root)/full")
    #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
    #expect(outcome.errors.contains("Nothing waits any more"), "\(outcome.errors)")
    #expect(
      outcome.output.hasPrefix("1\n5\n") && outcome.output.contains("big6") && !outcome.output.contains("bin"),
      "\(outcome.output)")
  }

  @Test("a run whose changes wait is forgotten by removing its directory, as any other is")
  func forgotten() throws {
    try run("rm -r d; mkdir d; echo 5 > d/g")
    #expect(try user.shell("rm -r \(user.state)/runs/r_*").code == 0)
    #expect(try user.sallyport("changes").code == 66)
  }

  @Test("two commands do not decide about one run's changes at once")
  func locked() throws {
    try run("echo 5 > d/g")
    let held = "flock \(user.state)/runs/r_*/overlay \"$SALLYPORT\" changes"
    let outcome = try user.shell("\(held) apply; echo $?; \(held) discard latest; echo $?; \(held)")
    #expect(outcome.output == "64\n64\nM  2 B  d/g\n", "\(outcome.output) \(outcome.errors)")
  }

  @Test("a link on the way to a protected place is protected, and what the policy denies is not applied")
  func protectedLinks() throws {
    try run("mkdir v; echo 9 > v/tasks.json; ln -s v .zed; ln -s v .cargo; ln -s x .git/modules; ln -s v plain")
    let list = try user.sallyport("changes").output
    #expect(
      list == """
        A       .cargo -> v  (protected: packages)
        A       .git/modules -> x  (denied by the policy: git)
        A       .zed -> v  (protected: editors)
        A       plain -> v
        A       v/
        A  2 B  v/tasks.json

        """)
    #expect(try user.sallyport("changes", "apply").code == 0)
    #expect(try user.shell("ls -A; ls .git").output.contains("modules") == false)
    #expect(try user.sallyport("changes", "apply", "latest", ".git/modules", "--force").code == 64)
    #expect(try user.sallyport("changes", "apply", "latest", ".zed").code == 0)
    #expect(try user.shell("readlink .zed plain .cargo").output == "v\nv\n")
  }

  @Test("what somebody else changes after the run is no change of the agent, though the agent touched it")
  func touched() throws {
    try run("touch d/g; cat mod > m && mv m mod; rm -r d/e; echo 1 > n")
    #expect(try user.shell("echo mine > d/g; echo mine > mod; echo mine > d/e/mine").code == 0)
    #expect(try user.sallyport("changes").output == "D       d/e/\nD       d/e/f\nA  2 B  n\n")
    let applied = try user.sallyport("changes", "apply")
    #expect(
      applied.code == 1 && applied.errors.contains("d/e: is a directory with something in it"), "\(applied.errors)")
    #expect(try user.shell("cat d/g mod d/e/mine; ls d/e").output == "mine\nmine\nmine\nmine\n")
  }

  @Test("where the workspace is gone or a link stands in its place nothing is applied, and changes can be discarded")
  func workspaceGone() throws {
    try run("echo 5 > d/g")
    let apply = "\"$SALLYPORT\" changes apply $run; echo $?"
    let outcome = try user.shell(
      "run=$(basename \(user.state)/runs/r_*); mkdir ../t ../t/d; mv ../project ../p; cd ..; \(apply); ln -s t project; \(apply); ls -A t/d; \"$SALLYPORT\" changes discard $run;"
        + " echo $?; rm project; mv p project")
    #expect(outcome.output == "66\n66\n0\n", "\(outcome.output) \(outcome.errors)")
    #expect(outcome.errors.contains("leads to"), "\(outcome.errors)")
  }

  @Test("without a run, only those of the workspace that one is in are meant")
  func otherWorkspace() throws {
    try run("echo 5 > d/g")
    let outcome = try user.shell("mkdir ../b; cd ../b; \"$SALLYPORT\" changes apply; echo $?; cat \(user.project)/d/g")
    #expect(outcome.output == "66\n2\n" && outcome.errors.contains("Of \(user.project) they do: sallyport changes r_"))
    #expect(try user.shell("cd d/e; \"$SALLYPORT\" changes apply; cat ../g").output == "5\n")
  }

  @Test("the changes of a run are listed by its name alone, as every hint writes it")
  func byName() throws {
    try run("echo 5 > d/g")
    let id = try user.shell("basename \(user.state)/runs/r_*").output.split(separator: "\n").joined()
    for name in [id, String(id.prefix(9)), "latest", "latest~0"] {
      let outcome = try user.sallyport("changes", name)
      #expect(outcome.output == "M  2 B  d/g\n", "\(name): \(outcome.errors)")
    }
    for words in [[id, "--json"], ["--json", id], ["list", id, "--json"]] {
      let json = try JSONParser.parse(try user.sallyport(["changes"] + words).output)
      #expect(json["run"]?.string == id)
    }
    let absent = try user.sallyport("changes", "latest~1")
    #expect(absent.code == 66 && absent.errors.contains("only 1 run in this workspace"), "\(absent.errors)")
    let mistyped = try user.sallyport("changes", "lst")
    #expect(mistyped.code == 64 && mistyped.errors.contains("Did you mean 'list'?"), "\(mistyped.errors)")
  }

  @Test("what is no text, too long, a pipe or a socket is named in a patch that git applies the rest of")
  func comments() throws {
    let script = """
      printf 'c\\0d' > bin; printf 'x\\0' > $'new\\nbin'; rm l; printf 'y\\0' > l; echo 5 > d/g; mkfifo pipe; rm old; mkfifo old
      python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("zsocket")'; head -c 3000000 /dev/zero > long; echo z > zz
      """
    try run(script)
    let outcome = try user.shell(
      "\"$SALLYPORT\" changes show > ../p; cat ../p; git apply --check ../p && git apply ../p")
    #expect(outcome.code == 0, "\(outcome.output) \(outcome.errors)")
    let comments = outcome.output.split(separator: "\n").filter { $0.hasPrefix("# ") }.map(String.init)
    #expect(
      comments == [
        "# bin: changed, but is no text", "# l: changed, but is no text", "# long: added, but is too long to be shown",
        "# \"new\\012bin\": added, but is no text", "# old: changed, but is a pipe or a socket, which is never applied",
        "# pipe: added, but is a pipe or a socket, which is never applied",
        "# zsocket: added, but is a pipe or a socket, which is never applied",
      ], "\(outcome.output)")
    #expect(try user.shell("git status --short").output == " M d/g\n?? zz\n")
  }

  @Test("what an agent closed to its own user is applied with all that is in it")
  func closed() throws {
    try run("mkdir q; echo in > q/in; chmod 0 q; echo s > s; chmod 0 s")
    #expect(try user.sallyport("changes").output == "A       q/\nA  3 B  q/in\nA  2 B  s\n")
    #expect(try user.sallyport("changes", "apply").code == 0)
    #expect(try user.shell("chmod 700 q s; cat q/in s").output == "in\ns\n")
  }

  @Test("every difference that is text is in what git applies: links, kinds, odd names, line ends")
  func patch() throws {
    let script = """
      rm l; ln -s /etc/passwd l; rm mod; ln -s x mod; rm -r d; echo file > d; printf p > $'odd\\xff'; chmod 755 old
      printf 'a\\rb\\n\\xe2\\x80\\xa8c\\n' > 'a b'; printf 'q' > $'tab\\t"quoted" \\xfe'; : > empty; git add -A; git commit -qm y
      """
    try run(script)
    #expect(try user.shell("cp -a .git ../git").code == 0)
    let applied = try user.shell("\"$SALLYPORT\" changes show | git apply && git add -A && git status --short")
    #expect(applied.errors.contains("in .git: sallyport changes show"), "\(applied.errors)")
    let seen = try fingerprint()
    #expect(try user.shell("git reset -q --hard && rm -rf .git && mv ../git .git").code == 0)
    let whole = try user.sallyport("changes", "apply")
    #expect(whole.code == 0, "\(whole.errors)")
    #expect(seen == (try fingerprint()), "\(applied.output) \(applied.errors)")
  }

  @Test("discarded changes are gone, one by one and all of them")
  func discarded() throws {
    try run("echo 5 > d/g; echo 6 > d/e/f; rm -r d/e; mkdir q; chmod 0 q")
    #expect(try user.sallyport("changes", "discard", "latest", "d/g").code == 0)
    #expect(try user.sallyport("changes").output == "D  d/e/\nD  d/e/f\nA  q/\n")
    #expect(try user.sallyport("changes", "discard", "latest").code == 0)
    #expect(
      try user.shell("git status --short; ls \(user.state)/runs/*/overlay 2>&1 | grep -c 'No such'").output == "1\n")
  }

  @Test("a person at the terminal sees the changes and applies some")
  func reviewed() throws {
    let script = """
      import os, pty
      pid, fd = pty.fork()
      if pid == 0:
          os.execv(os.environ["SALLYPORT"], ["sallyport", "run", "--overlay", "-q", "--", "/bin/sh", "-c",
              "echo 5 > d/g; rm old"])
      seen, answers = b"", [(b"Apply them?", b"?\\n"), (b"x: forget", b"d\\n"), (b"-3", b"s\\n"), (b"M  2 B  d/g\\r\\ndiff", b"y\\n"), (b"D  old\\r\\ndiff", b"n\\n")]
      while True:
          try: piece = os.read(fd, 4096)
          except OSError: break
          if not piece: break
          seen += piece
          if answers and answers[0][0] in seen and seen.rstrip().endswith(b"[?]"): os.write(fd, answers.pop(0)[1])
      os.waitpid(pid, 0)
      print(seen.decode(errors="replace"))
      """
    let outcome = try user.python(script)
    #expect(try user.shell("git status --short").output == " M d/g\n", "\(outcome.output) \(outcome.errors)")
    #expect(try user.sallyport("changes").output == "D  old\n")
  }
}
