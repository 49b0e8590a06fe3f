internal import Evidence
internal import Testing

@Suite("What a run tried", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct AttemptTests {
  private func run(_ agent: String) throws -> (summary: String, report: JSONValue, user: User) {
    let user = try User()
    try user.write(agent, to: "agent.py")
    let outcome = try user.sallyport("run", "--report", "out", "--", "/usr/bin/python3", "agent.py")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return (outcome.errors, try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json")), user)
  }

  @Test("connections that were closed again without a byte are told, with how often")
  func connections() throws {
    let (summary, report, user) = try run(
      """
      import socket
      for address in [("6.6.6.6", 6666), ("1.2.3.4", 25), ("1.2.3.4", 25)]: socket.create_connection(address).close()
      socket.create_connection(("exfil.example", 2222)).close()
      """)
    #expect(summary.contains("Nothing was sent."))
    #expect(summary.contains("connected to, nothing sent"))
    #expect(summary.contains("1.2.3.4:25"))
    let tried = report["connectionsTried"]?.array ?? []
    let text = tried.map { "\($0["host"]?.string ?? ""):\($0["port"]?.integer ?? 0) \($0["count"]?.integer ?? 0)" }
    #expect(Array(text.prefix(1)) == ["1.2.3.4:25 2"])
    #expect(text.contains("6.6.6.6:6666 1"))
    #expect(text.contains { $0.hasPrefix("exfil.example:2222") })
    let observed = try user.sallyport("log", "show", "--type", "run.observed", "--json").output
    #expect(observed.contains("1.2.3.4"))
  }

  @Test("datagrams are told, those of a connected socket and those that only say where to")
  func datagrams() throws {
    let (summary, report, _) = try run(
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.sendto(b"x", ("6.6.6.6", 5353))
      t = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      t.connect(("7.7.7.7", 443)); t.send(b"x")
      """)
    #expect(summary.contains("2 UDP datagrams: refused"))
    #expect(report["datagramsRefused"]?.integer == 2)
    let tried = (report["connectionsTried"]?.array ?? []).filter { $0["transport"]?.string == "udp" }
    #expect(Set(tried.compactMap { $0["host"]?.string }) == ["6.6.6.6", "7.7.7.7"])
  }

  @Test("names that were looked up are told, those of one domain as one")
  func names() throws {
    let (summary, report, _) = try run(
      """
      import socket
      for name in ["d%d.evil.example" % i for i in range(30)] + ["single.test-domain.com"]:
        try: socket.gethostbyname(name)
        except OSError: pass
      """)
    #expect(!summary.contains("nothing was tried"))
    #expect(summary.contains("30 of *.evil.example"))
    #expect(report["namesAsked"]?.integer == 31)
    let lines = report["names"]?.array ?? []
    #expect(lines.first?["name"]?.string == "*.evil.example")
    #expect(lines.first?["names"]?.integer == 30)
    #expect(lines.contains { $0["name"]?.string == "single.test-domain.com" })
  }

  @Test("ports beyond those that can be answered are told too")
  func manyPorts() throws {
    let (_, report, _) = try run(
      """
      import socket
      for port in range(10000, 10300):
        try: socket.create_connection(("9.9.9.9", port), 5).close()
        except OSError: pass
      """)
    #expect(report["connectionsTried"]?.array?.count == 300)
  }

  @Test("a run that tried nothing says so still")
  func nothing() throws {
    let (summary, report, _) = try run("pass")
    #expect(summary.contains("Nothing was sent, and nothing was tried."))
    #expect(report["connectionsTried"]?.array == [])
    #expect(report["datagramsRefused"]?.integer == 0)
  }
}
