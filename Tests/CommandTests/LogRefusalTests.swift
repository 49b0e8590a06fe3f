internal import Evidence
internal import Glibc
internal import Testing

/// What somebody without scruples, or a disk without memory, does to an installation: verifying says so, and no run goes
/// on from it before the user has decided.
@Suite("A ledger that is not what it was", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct LogRefusalTests {
  @Test("a key without its ledger signs no second history", arguments: ["ledger ledger.anchor", "ledger"])
  func keyWithoutLedger(removed: String) throws {
    let runs = try TwoRuns()
    let key = try runs.key
    try runs.shell("cd '\(runs.state)' && rm -r \(removed)")
    try runs.refused("log accept-fork")
    try runs.decide()
    #expect(try runs.key != key)
    #expect(try runs.key.prefix(35) != key.prefix(35), "a new origin too")
  }

  @Test("a ledger whose anchor is gone is refused, an older one as well as the newest")
  func anchorGone() throws {
    let runs = try TwoRuns()
    try runs.shell("rm '\(runs.state)/ledger.anchor'")
    try runs.refused("anchor")
    try runs.shell("rm -r '\(runs.ledger)' && cp -a '\(runs.old)/ledger' '\(runs.state)/'")
    try runs.refused("anchor")
    try runs.decide()
  }

  @Test("doctor does not say that runs are confined over a ledger that refuses them")
  func doctor() throws {
    let runs = try TwoRuns()
    let before = try runs.user.sallyport("doctor")
    #expect(before.output.contains("Runs are confined on this host.") || before.code == 69)
    try runs.shell("rm '\(runs.state)/ledger.anchor'")
    let outcome = try runs.user.sallyport("doctor")
    #expect(!outcome.output.contains("Runs are confined"), "\(outcome.output)")
    guard before.code == 0 else { return }
    #expect(outcome.code == 74)
    #expect(outcome.errors.hasPrefix("sallyport: no run is started: "), "\(outcome.errors)")
    #expect(try JSONParser.parse(try runs.user.sallyport("doctor", "--json").output)["refusal"]?.string != nil)
  }

  @Test("naming the installation's own directory does not leave its anchor out")
  func ownDirectory() throws {
    let runs = try TwoRuns()
    try runs.shell("rm -r '\(runs.ledger)' && cp -a '\(runs.old)/ledger' '\(runs.state)/'")
    try runs.shell("ln -s '\(runs.ledger)' '\(runs.user.root)/link'")
    for directory in [runs.ledger, "\(runs.user.root)/link"] {
      let outcome = try runs.user.sallyport("log", "verify", "--ledger", directory)
      #expect(outcome.code == 74, "\(outcome.output)")
      #expect(outcome.errors.contains("rolled back"), "\(outcome.errors)")
    }
  }

  @Test("a lost key leaves a ledger that verifies and cannot be appended to; no other key is put in its place")
  func keyLost() throws {
    let runs = try TwoRuns()
    try runs.shell("rm '\(runs.state)/keys/ledger.key'")
    for _ in 0..<2 {
      let verified = try runs.user.sallyport("log", "verify")
      #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
      #expect(verified.output.contains("nothing can be appended"), "\(verified.output)")
      let before = try runs.listing()
      let run = try runs.user.sallyport("run", "--quiet", "--", "/bin/true")
      #expect(run.code == 74, "\(run.errors)")
      #expect(run.errors.contains("signing key"), "\(run.errors)")
      #expect(try runs.listing() == before)
    }
    try runs.decide()
  }

  @Test("what does not verify is told on standard error with what to do, and in JSON beside it")
  func told() throws {
    let runs = try TwoRuns()
    let copy = try runs.export()
    try runs.shell("cp '\(runs.old)/ledger/checkpoint' '\(runs.ledger)/'")
    let own = try runs.user.sallyport("log", "verify")
    #expect(own.code == 74)
    #expect(own.output.isEmpty, "\(own.output)")
    #expect(own.errors.hasPrefix("sallyport: \(runs.ledger): does not verify: rolled-back: "), "\(own.errors)")
    #expect(own.errors.contains("`sallyport log accept-fork`"), "\(own.errors)")
    #expect(!own.errors.contains("`sallyport log verify`"), "who has just done it: \(own.errors)")
    let json = try runs.user.sallyport("log", "verify", "--json")
    #expect(json.code == 74 && json.errors == own.errors, "\(json.errors)")
    let remedy = try JSONParser.parse(json.output)["problem"]?["remedy"]?.string ?? ""
    #expect(!remedy.isEmpty && own.errors.contains(remedy), "\(remedy)")

    try runs.flip("\(copy)/checkpoint", at: 60)
    let copied = try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", runs.key)
    #expect(copied.code == 74)
    #expect(copied.errors.hasPrefix("sallyport: \(copy): does not verify: "), "\(copied.errors)")
    #expect(copied.errors.contains("another copy"), "\(copied.errors)")
    #expect(!copied.errors.contains("accept-fork"), "\(copied.errors)")
  }

  @Test("another's signature on the checkpoint is ignored")
  func cosigned() throws {
    let runs = try TwoRuns()
    let checkpoint = try TextFile.read("\(runs.ledger)/checkpoint") + "— witness.example AAAAAAAA\n"
    try TextFile.write(checkpoint, to: "\(runs.ledger)/checkpoint")
    let verified = try runs.user.sallyport("log", "verify")
    #expect(verified.code == 0, "\(verified.output)")
    let copy = try runs.export()
    #expect(try TextFile.read("\(copy)/checkpoint") == checkpoint)
    #expect(try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", runs.key).code == 0)
    #expect(try runs.user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    #expect(try runs.user.sallyport("log", "verify").code == 0)
  }

  @Test("an older checkpoint in the place of the newest refuses a run too")
  func olderCheckpoint() throws {
    let runs = try TwoRuns()
    try runs.shell("cp '\(runs.old)/ledger/checkpoint' '\(runs.ledger)/'")
    try runs.refused("rolled back")
  }

  @Test("a byte changed in any slot of the state record refuses a run too", arguments: [40, 2_100])
  func stateRecord(position: Int) throws {
    let runs = try TwoRuns()
    try runs.flip("\(runs.ledger)/state", at: position)
    try runs.refused("state")
  }

  @Test("a public key that is gone is not written again in silence")
  func publicKeyGone() throws {
    let runs = try TwoRuns()
    try runs.shell("rm '\(runs.ledger)/key.pub'")
    try runs.refused("key.pub")
  }

  @Test("an edited file that the checkpoint does not need is named with what gets rid of it")
  func olderPartial() throws {
    let runs = try TwoRuns()
    let file = "\(runs.ledger)/tile/entries/000.p/\(try runs.oldSize)"
    try runs.flip(file, at: 50)
    try runs.refused("rm '\(file)'")
    try runs.shell("rm '\(file)'")
    #expect(try runs.user.sallyport("log", "verify").code == 0)
    #expect(try runs.user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    _ = try runs.export()
  }

  @Test("where nothing was ever recorded there is nothing to set aside", arguments: [[], ["--yes"]])
  func nothing(options: [String]) throws {
    let user = try User(hasState: false)
    let outcome = try user.sallyport(["log", "accept-fork"] + options)
    #expect(outcome.code == 66, "\(outcome.output)\(outcome.errors)")
    #expect(access(user.state, F_OK) != 0)
  }
}
