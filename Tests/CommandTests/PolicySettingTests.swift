internal import Evidence
internal import Glibc
internal import Testing

/// Each setting that docs/policy.md lists, from the file to what an agent meets.
@Suite("What the settings of a policy do", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct PolicySettingTests {
  /// Asks over the explicit proxy: method, host, path, a header field. Behind an empty line in the field begins a body;
  /// it ends with the 23 bytes that `ask` puts behind the field.
  private static let ask = """
    ask() {
      exec 3<>/dev/tcp/127.0.0.1/889
      printf '%s http://%s%s HTTP/1.1\\r\\nHost: %s\\r\\n%s\\r\\nConnection: close\\r\\n\\r\\n' "$1" "$2" "$3" "$2" "$4" >&3
      head -1 <&3 | tr -d '\\r' | cut -d' ' -f2
    }

    """

  private func run(_ user: User, _ options: [String] = [], script: String) throws -> User.Outcome {
    try user.sallyport(["run", "--quiet", "--report", "out"] + options + ["--", "/bin/bash", "-c", Self.ask + script])
  }

  /// A user with this policy, in which `%` stands for the user's directory, and it is sound.
  private func user(_ policy: String, _ variables: [String: String] = [:]) throws -> User {
    let user = try User { _ in variables }
    try user.write("version: 1\n" + policy.replacing("%", with: user.root), to: "sallyport.yaml")
    let check = try user.sallyport("policy", "check")
    #expect(check.code == 0, "\(check.errors)")
    return user
  }

  private func exchange(_ user: User, _ host: String) throws -> JSONValue? {
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    return report["exchanges"]?.array?.first { $0["host"]?.string == host }
  }

  @Test("durability: report and ledger say which was in force", arguments: ["process", "disk"])
  func durability(word: String) throws {
    let user = try user(word == "disk" ? "durability: disk\n" : "")
    let outcome = try run(user, script: "true")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let report = try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json"))
    #expect(report["policy"]?["durability"]?.string == word)
    let entry = try user.sallyport("log", "show", "--type", "run.started", "--json").output
    #expect(try JSONParser.parse(entry)["policy"]?["durability"]?.string == word)
    #expect(try TextFile.read("\(user.project)/out/report.html").contains("durability \(word)"))
  }

  @Test("connect: a host's requests go to the socket that is named, and that grants it")
  func connect() throws {
    let user = try user("posture: control\nconnect: [\"a.example:80:%/up\"]\n")
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    let outcome = try run(user, script: "ask GET a.example / 'X-A: b'")
    #expect(outcome.output == "200\n", "\(outcome.errors)")
    #expect(upstream.received.count == 1)
  }

  @Test("rules and posture: the file's rules come before the posture's")
  func rules() throws {
    let user = try user(
      "posture: ban\nrules: [{name: one, when: {destination: a.example}, then: allow}]\nconnect: [\"::%/up\"]\n")
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    let outcome = try run(user, script: "ask GET a.example / 'X-A: b'; ask GET b.example / 'X-A: b'")
    #expect(outcome.output == "200\n403\n", "\(outcome.errors)")
    #expect(try exchange(user, "b.example")?["rule"]?["name"]?.string == "AI tools are not approved")
  }

  private static let code = (1...30).map { number in
    "def measure_\(number)(harbour, tide=\(number)):\n    return harbour.depth[\(number)] - tide * factor_\(number * 7)\n"
  }.joined()

  @Test(
    "own-code: what was indexed elsewhere is found, and the workspace's own where the policy says so",
    arguments: [
      ("shop", "", "403"), ("shop", "everywhere", "403"), ("shop", "nowhere", "200"), ("project", "", "200"),
      ("project", "elsewhere", "200"), ("project", "everywhere", "403"),
    ])
  func ownCode(_ indexed: String, _ setting: String, _ status: String) throws {
    let user = try user(
      "posture: control\n" + (setting.isEmpty ? "" : "own-code: \(setting)\n") + """
        rules:
          - {name: ours, when: {class: proprietary, grade: redact}, then: block}
          - {name: open, when: {destination: a.example}, then: allow}
        connect: ["::%/up"]

        """)
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    user.arrange("mkdir -p shop")
    let root = indexed == "shop" ? "\(user.root)/shop" : user.project
    try TextFile.write(Self.code, to: "\(root)/tides.py")
    try user.write(Self.code, to: "copy.txt")
    #expect(try user.sallyport("index", root).code == 0)
    let script = """
      body=$(cat copy.txt)
      ask POST a.example / "$(printf 'Content-Length: %d\\r\\n\\r\\n%s' $((${#body} + 23)) "$body")"
      """
    let outcome = try run(user, script: script)
    #expect(outcome.output == "\(status)\n", "\(outcome.errors)")
    let findings = try exchange(user, "a.example")?["findings"]?.array ?? []
    #expect(findings.contains { $0["detector"]?.string == "own-code" } == (status == "403"))
  }

  @Test("own-code: with a damaged index no run begins, unless none is looked for")
  func damagedIndex() throws {
    let user = try user("posture: control\n")
    user.arrange("mkdir -p shop")
    try TextFile.write(Self.code, to: "\(user.root)/shop/tides.py")
    #expect(try user.sallyport("index", "\(user.root)/shop").code == 0)
    user.arrange("for f in home/.local/state/sallyport/fingerprints/*; do echo x >> $f; done")
    let refused = try run(user, script: "true")
    #expect(refused.code == 65)
    #expect(refused.errors.contains("is damaged") && refused.errors.contains("own-code: nowhere"))
    try user.write("version: 1\nown-code: nowhere\n", to: "sallyport.yaml")
    #expect(try run(user, script: "true").code == 0)
  }

  @Test("secrets: the real value goes on the wire for its host, and for no other")
  func secrets() throws {
    let user = try user(
      "secrets: [{name: EXAMPLE_TOKEN, hosts: [\"a.example:80\"]}]\nconnect: [\"::%/up\"]\n"
        + "rules: [{name: open, when: {destination: [a.example, b.example]}, then: allow}]\n",
      ["EXAMPLE_TOKEN": "the-real-value-of-the-token"])
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    _ = try run(
      user, script: "echo $EXAMPLE_TOKEN; for h in a b; do ask GET $h.example / \"X-Api-Key: $EXAMPLE_TOKEN\"; done")
    let real = upstream.received.filter { $0.contains("the-real-value-of-the-token") }
    #expect(real.count == 1)
    #expect(real.first?.contains("a.example") == true)
  }

  @Test(
    "private-addresses: what is listed may be connected to, whatever the posture, and what is not may not",
    arguments: ["10.20.0.0/16", "10.20.30.40", "llm.example.internal", "fd00::/8"])
  func privateAddresses(listed: String) throws {
    let user = try user("posture: internal\nprivate-addresses: [\"\(listed)\"]\n")
    let outcome = try run(user, script: "ask GET 192.168.7.7 / 'X-A: b'")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output == "403\n")
    #expect(try exchange(user, "192.168.7.7")?["decision"]?.string == "block")
  }

  @Test("private-addresses: a server on a listed address answers, and another port of loopback's own range does not")
  func privateServer() throws {
    let user = try user("posture: internal\nprivate-addresses: [127.0.0.2]\n")
    // Nobody listens there; that the connection was tried is what tells the grant.
    let outcome = try run(user, script: "ask GET 127.0.0.2:9 / 'X-A: b'; ask GET 127.0.0.3:9 / 'X-A: b'")
    #expect(outcome.output == "502\n403\n", "\(outcome.errors)")
  }

  @Test("files: what is granted is there, from ~/ as from /; reading is not writing")
  func files() throws {
    let user = try user("files:\n  read: [\"~/.config/example\"]\n  write: [\"%/cache\", \"~/made\"]\n")
    user.arrange("mkdir -p home/.config/example home/made cache && echo kept > home/.config/example/a")
    let script = """
      cat ~/.config/example/a; echo x > ~/.config/example/b || echo refused
      echo x > \(user.root)/cache/c; echo x > ~/made/d
      """
    let outcome = try run(user, script: script)
    #expect(outcome.output == "kept\nrefused\n", "\(outcome.errors)")
    #expect(user.arrange("test -e cache/c && test -e home/made/d && test ! -e home/.config/example/b") == 0)
  }

  @Test("files: one that is not there is named as the policy names it")
  func missingFile() throws {
    let user = try user("files: {read: [\"~/.config/example\"]}\n")
    let outcome = try run(user, script: "true")
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("sallyport.yaml: files: read names ~/.config/example, which is not there."))
  }

  @Test("upstream-ca: relative paths are meant from the policy's directory, wherever the run is")
  func upstreamAuthority() throws {
    let user = try User()
    user.arrange("mkdir team && cp /etc/ssl/certs/ca-certificates.crt team/corporate.pem")
    user.arrange("printf 'version: 1\\nupstream-ca: [corporate.pem]\\n' > team/policy.yaml")
    for policy in ["../team/policy.yaml", "\(user.root)/team/policy.yaml"] {
      let outcome = try run(user, ["--policy", policy], script: "echo ran")
      #expect(outcome.output == "ran\n", "\(outcome.errors)")
      #expect(try user.sallyport("policy", "check", policy).code == 0)
    }
    user.arrange("rm team/corporate.pem")
    #expect(try run(user, ["--policy", "../team/policy.yaml"], script: "echo ran").code == 66)
    #expect(try user.sallyport("policy", "check", "../team/policy.yaml").code == 66)
  }

  @Test("uninspected: what a tunnel carries to such a host is counted, and the report shows it")
  func uninspected() throws {
    let user = try user(
      "uninspected: [{hosts: [\"*.pinned.example\"], because: It pins.}]\nconnect: [\"::%/up\"]\n")
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    let script = """
      exec 3<>/dev/tcp/127.0.0.1/889
      printf 'CONNECT a.pinned.example:443 HTTP/1.1\\r\\nHost: a.pinned.example:443\\r\\n\\r\\n' >&3
      read -r line <&3; read -r line <&3
      printf "$(echo \(Self.clientHello) | sed 's/../\\\\x&/g')\\r\\n\\r\\n" >&3; cat <&3
      """
    _ = try run(user, script: script)
    let seen = try exchange(user, "a.pinned.example")
    #expect(seen?["protocol"]?.string == "uninspected")
    #expect(seen?["rule"]?["name"]?.string == "uninspected")
    #expect(upstream.received.count == 1)
  }

  /// TLS 1.3 for a.pinned.example, in hexadecimal.
  private static let clientHello = """
    1603010089010000850303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00000213010100005a\
    000000150013000010612e70696e6e65642e6578616d706c65000a00040002001d000d000400020403002b000302030400330026\
    0024001d00200102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20
    """

  @Test("uninspected: an entry for one agent is not for another")
  func uninspectedAgent() throws {
    let user = try user("uninspected: [{hosts: [a.example], because: It pins., agent: codex}]\n")
    let explained = try user.sallyport("policy", "explain", "--agent", "aider", "--url", "https://a.example/", "--json")
    #expect(explained.code == 0)
    #expect(!explained.output.contains("\"name\":\"uninspected\""))
  }

  @Test("durability: disk runs as process does")
  func durability() throws {
    let user = try user("durability: disk\n")
    #expect(try run(user, script: "echo ran").output == "ran\n")
    #expect(try user.sallyport("log", "verify").code == 0)
  }

  @Test("ask-timeout: where nobody can be asked the answer is no, at once")
  func askTimeout() throws {
    let user = try user("posture: partner\nask-timeout: 2s\nconnect: [\"::%/up\"]\n")
    let outcome = try run(user, script: "ask GET docs.python.org / 'X-A: b'")
    #expect(outcome.output == "403\n", "\(outcome.errors)")
    #expect(try exchange(user, "docs.python.org")?["decision"]?.string == "block")
  }

  @Test("limits: a body beyond body-disk is refused")
  func limits() throws {
    let user = try user(
      "limits: {body-memory: 16, body-disk: 64}\nconnect: [\"::%/up\"]\n"
        + "rules: [{name: open, when: {destination: a.example}, then: allow}]\n")
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    let outcome = try run(user, script: "ask POST a.example / \"$(printf 'Content-Length: 200\\r\\n\\r\\n%0200d' 0)\"")
    #expect(outcome.output == "413\n", "\(outcome.errors)")
    #expect(upstream.received.isEmpty)
  }

  @Test("limits: files beyond index-memory are left out of the comparison, and named")
  func indexMemory() throws {
    let user = try user(
      "limits: {index-memory: 1MiB}\nconnect: [\"::%/up\"]\nrules:\n"
        + "  - {name: open, when: {destination: a.example}, then: allow}\n"
        + "  - {name: guarded, when: {paths: secrets/**}, then: block}\n")
    let upstream = try Upstream(at: "\(user.root)/up")
    defer { upstream.stop() }
    user.arrange("cd project && for f in 1 2 3 4 5 6; do seq -f \"line %.0f of file $f\" 1 30000 > $f.txt; done")
    // The first message waits until the files are read.
    let outcome = try run(user, script: "ask POST a.example / \"$(printf 'Content-Length: 25\\r\\n\\r\\nhi')\"")
    #expect(outcome.output == "200\n", "\(outcome.errors)")
    let report = try JSONParser.parse(try user.sallyport("report", "--format", "json").output)
    let index = try #require(report["filesIndexed"])
    let count = try #require(index["leftOutCount"]?.integer)
    #expect(count > 3 && index["files"]?.integer ?? 0 > 0)
    let names = try #require(index["leftOut"]?.array).prefix(3).compactMap { $0["path"]?.string }
    let sentence =
      "\(count) files were not compared with what is sent (\(names.joined(separator: ", ")) and \(count - 3) more)"
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    let place = try #require(outcome.errors.firstMatch(of: /filesIndexed\.leftOut in (\S+\/report\.json)/)?.1)
    #expect(user.arrange("test -f '\(place)'") == 0)
  }
}
