internal import Evidence
internal import Glibc
internal import Testing

@Suite("The ledger's commands", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct LogCommandTests {
  private static func userAfterRun() throws -> User {
    let user = try User()
    let run = try user.sallyport("run", "--quiet", "--", "/bin/true")
    try #require(run.code == 0, "\(run.errors)")
    return user
  }

  @Test("a ledger after a run verifies")
  func verifies() throws {
    let outcome = try Self.userAfterRun().sallyport("log", "verify", "--json")
    #expect(outcome.code == 0)
    let report = try JSONParser.parse(outcome.output)
    #expect(report["verifies"]?.bool == true)
    #expect(report["anchored"]?.bool == true)
    #expect((report["entriesChecked"]?.integer ?? 0) >= 3)
    #expect(report["entriesChecked"] == report["size"])
  }

  @Test("entries are shown oldest first, each a line of JSON")
  func shows() throws {
    let user = try Self.userAfterRun()
    let outcome = try user.sallyport("log", "show", "--json")
    #expect(outcome.code == 0)
    let types = try outcome.output.split(separator: "\n").map { try JSONParser.parse(String($0))["type"]?.string }
    let started = try #require(types.firstIndex(of: "run.started"))
    let ended = try #require(types.firstIndex(of: "run.ended"))
    #expect(started < ended)
    #expect(try user.sallyport("log", "show", "--limit", "1").output.split(separator: "\n").count == 2)
  }

  @Test("a proof is written with the entry that it proves, and never over a file")
  func proves() throws {
    let user = try Self.userAfterRun()
    #expect(try user.sallyport("log", "prove", "0").output.hasPrefix("c2sp.org/tlog-proof@v1\n"))
    #expect(try user.sallyport("log", "prove", "1", "--output", "proof").code == 0)
    #expect(try TextFile.read("\(user.project)/proof").contains("\nindex 1\n"))
    _ = try JSONParser.parse(try TextFile.read("\(user.project)/proof.entry"))
    let again = try user.sallyport("log", "prove", "1", "--output", "proof")
    #expect(again.code == 73)
    #expect(again.errors.hasSuffix("is there already. Name a file that is not there yet.\n"), "\(again.errors)")
  }

  @Test("an entry that is not there is the caller's mistake", arguments: ["-1", "999999", "-9223372036854775808"])
  func noEntry(index: String) throws {
    let outcome = try Self.userAfterRun().sallyport("log", "prove", "--", index)
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("entry \(index)"))
  }

  @Test("a key that is none is the caller's mistake")
  func noKey() throws {
    let outcome = try Self.userAfterRun().sallyport("log", "verify", "--key", "nonsense")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("--key"))
  }

  @Test("somebody else's key verifies nothing")
  func wrongKey() throws {
    let (mine, theirs) = (try Self.userAfterRun(), try Self.userAfterRun())
    let key = try TextFile.read("\(theirs.state)/ledger/key.pub").split(separator: "\n").joined()
    let outcome = try mine.sallyport("log", "verify", "--key", key)
    #expect(outcome.code == 74, "\(outcome.output) \(outcome.errors)")
  }

  @Test("a ledger that is not there exits with 66", arguments: [[], ["--ledger", "nowhere"]])
  func missing(options: [String]) throws {
    let outcome = try User().sallyport(["log", "verify"] + options)
    #expect(outcome.code == 66, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("sallyport: "))
  }

  @Test("an exported ledger verifies on its own under the pinned key")
  func exports() throws {
    let user = try Self.userAfterRun()
    let export = try user.sallyport("log", "export", "evidence")
    #expect(export.code == 0)
    let key = try #require(export.output.split(separator: "\n").last)
    let outcome = try user.sallyport("log", "verify", "--ledger", "evidence", "--key", String(key))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try user.sallyport("log", "export", "evidence").code == 73)
  }

  @Test("a changed byte is noticed, refuses runs, and is set aside only on request")
  func broken() throws {
    let user = try Self.userAfterRun()
    let journal = "\(user.state)/ledger/checkpoint"
    var bytes = try TextFile.bytes(journal)
    bytes[bytes.count - 10] ^= 1
    try TextFile.write(bytes, to: journal)
    #expect(try user.sallyport("log", "verify").code == 74)

    let refused = try user.sallyport("run", "--", "/bin/echo", "started")
    #expect(refused.code == 74, "\(refused.errors)")
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains("log accept-fork"))

    let asked = try user.sallyport("log", "accept-fork")
    #expect(asked.code == 0)
    #expect(asked.output.contains("--yes"))
    #expect(try user.sallyport("log", "verify").code == 74)

    let accepted = try user.sallyport("log", "accept-fork", "--yes")
    #expect(accepted.code == 0, "\(accepted.errors)")
    let aside = try #require(accepted.output.split(separator: "\n").first?.split(separator: " ").last)
    #expect(access("\(aside)/checkpoint", R_OK) == 0)
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    #expect(try user.sallyport("log", "verify").code == 0)
  }

  @Test("a sound ledger is not set aside", arguments: [[], ["--yes"]])
  func sound(options: [String]) throws {
    let user = try Self.userAfterRun()
    let listing = "cd '\(user.state)' && find ledger keys ledger.anchor -type f | sort | xargs sha256sum"
    let before = try user.shell(listing).output
    let outcome = try user.sallyport(["log", "accept-fork"] + options)
    #expect(outcome.code == 64)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors
        == "sallyport: \(user.state)/ledger: the ledger is whole and verifies, so there is nothing to accept. Nothing was changed.\n"
    )
    #expect(try user.shell(listing).output == before)
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
  }

  @Test("a changed byte in an entry is noticed", arguments: ["tile/entries", "tile/0"])
  func brokenEntry(directory: String) throws {
    let user = try Self.userAfterRun()
    let size = try JSONParser.parse(try user.sallyport("log", "verify", "--json").output)["size"]?.integer ?? 0
    let tile = "\(user.state)/ledger/\(directory)/000.p/\(size)"
    var bytes = try TextFile.bytes(tile)
    bytes[bytes.count / 2] ^= 1
    chmod(tile, 0o600)
    try TextFile.write(bytes, to: tile)
    let outcome = try user.sallyport("log", "verify", "--json")
    #expect(outcome.code == 74)
    #expect(try JSONParser.parse(outcome.output)["problem"]?["file"]?.string?.contains(directory) == true)
    let refused = try user.sallyport("run", "--", "/bin/echo", "started")
    #expect(refused.code == 74, "\(refused.errors)")
    #expect(refused.output.isEmpty)
  }
}
