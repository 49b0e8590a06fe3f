internal import Evidence
internal import Glibc
internal import Testing

/// What is shown, proved and exported is held against the signed checkpoint.
@Suite("What leaves the ledger as evidence", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct LogEvidenceTests {
  @Test("a forged entry is not shown, neither from a copy nor from the installation")
  func show() throws {
    let runs = try TwoRuns()
    let copy = try runs.export()
    for (directory, options) in [(copy, ["--ledger", copy, "--key", try runs.key]), (runs.ledger, [])] {
      let file = "\(directory)/tile/entries/000.p/\(try runs.size)"
      try runs.shell("sed -i 's/\"type\":\"run.started\"/\"type\":\"run.startee\"/' '\(file)'")
      for limit in ["1", "100"] {
        let shown = try runs.user.sallyport(["log", "show", "--limit", limit] + options)
        #expect(shown.code == 74, "\(shown.output)")
        #expect(shown.output.isEmpty)
      }
    }
  }

  @Test("showing a copy's entries writes nothing into it")
  func showWritesNothing() throws {
    let runs = try TwoRuns()
    let copy = try runs.export()
    try runs.shell("chmod -R u-w '\(copy)'")
    let shown = try runs.user.sallyport("log", "show", "--ledger", copy, "--json")
    #expect(shown.code == 0, "\(shown.errors)")
    #expect(try shown.output.split(separator: "\n").count == runs.size)
    #expect(access("\(copy)/index.sqlite", F_OK) != 0)
  }

  @Test("a checkpoint that does not verify is the ledger's fault, whatever was asked")
  func exitCodes() throws {
    let runs = try TwoRuns()
    let checkpoint = try TextFile.bytes("\(runs.ledger)/checkpoint")
    let questions = [["show"], ["prove", "1"], ["verify"], ["export", "elsewhere"]]
    for bad in [Array(checkpoint.dropLast(10)), Array("nonsense\n".utf8), []] {
      try TextFile.write(bad, to: "\(runs.ledger)/checkpoint")
      for question in questions {
        let outcome = try runs.user.sallyport(["log"] + question)
        #expect(outcome.code == 74, "\(question): \(outcome.errors)")
      }
    }
    try TextFile.write(checkpoint, to: "\(runs.ledger)/checkpoint")
    let other = try TwoRuns().key
    for question in questions {
      let outcome = try runs.user.sallyport(["log"] + question + ["--key", other])
      #expect(outcome.code == 74, "\(question): \(outcome.errors)")
    }
  }

  @Test("an export is refused for a policy that is none or another log's, and for files that nothing vouches for")
  func strictExport() throws {
    let runs = try TwoRuns()
    let copy = try runs.export()
    let (key, other) = (try runs.key, try TwoRuns().key)
    let policy = try TextFile.read("\(copy)/policy")
    chmod("\(copy)/policy", 0o600)
    let bad = [
      "rubbish\n", "log \(other)\nquorum none\n", "log \(key)\n", "quorum none\n", "",
      "log \(key)\nwitness w \(other)\nquorum w\n", "log \(key)\nlog \(other)\nquorum none\n",
    ]
    for text in bad {
      try TextFile.write(text, to: "\(copy)/policy")
      let outcome = try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", key)
      #expect(outcome.code == 74, "\(text)")
      #expect(outcome.errors.contains("policy"), "\(outcome.errors)")
    }
    try TextFile.write("# a remark\n\n\(policy)", to: "\(copy)/policy")
    #expect(try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", key).code == 0)
    for stray in ["tile/entries/007", "tile/3/000.p/1", "tile/readme", "tile/0/000"] {
      try runs.shell("mkdir -p '\(copy)/tile/3/000.p' && printf x > '\(copy)/\(stray)'")
      let outcome = try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", key)
      #expect(outcome.code == 74, "\(stray)")
      #expect(outcome.errors.contains(stray), "\(outcome.errors)")
      try runs.shell("rm '\(copy)/\(stray)'")
    }
    #expect(try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", key).code == 0)
  }

  @Test("a plain mirror without policy and key verifies under the pinned key, and asks for it where it is not named")
  func plainMirror() throws {
    let runs = try TwoRuns()
    let copy = try runs.export()
    try runs.shell("rm '\(copy)/policy' '\(copy)/key.pub'")
    let outcome = try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", runs.key)
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(try runs.user.sallyport("log", "show", "--ledger", copy, "--key", runs.key).code == 0)
    let unnamed = try runs.user.sallyport("log", "verify", "--ledger", copy)
    #expect(unnamed.code == 64, "\(unnamed.errors)")
    #expect(unnamed.errors.contains("--key"), "\(unnamed.errors)")
  }

  @Test("a key that was only found is not taken for a pinned one")
  func foundKey() throws {
    let runs = try TwoRuns()
    let copy = try runs.export()
    let found = try runs.user.sallyport("log", "verify", "--ledger", copy)
    #expect(found.output.contains("with the key found beside it, not pinned"), "\(found.output)")
    let pinned = try runs.user.sallyport("log", "verify", "--ledger", copy, "--key", runs.key)
    #expect(pinned.output.contains("with the pinned key"), "\(pinned.output)")
    let json = try runs.user.sallyport("log", "verify", "--ledger", copy, "--json").output
    #expect(try JSONParser.parse(json)["key"]?.string == "found")
    let pinnedJSON = try runs.user.sallyport("log", "verify", "--json", "--key", runs.key).output
    #expect(try JSONParser.parse(pinnedJSON)["key"]?.string == "pinned")
    let help = try runs.user.sallyport("log", "export", "--help").output
    #expect(help.contains("log verify --ledger evidence/ --key"), "\(help)")
  }

  @Test("a ledger is held to an earlier checkpoint, with a proof that others can check")
  func since() throws {
    let runs = try TwoRuns()
    let old = "\(runs.old)/ledger/checkpoint"
    let verified = try runs.user.sallyport("log", "verify", "--since", old)
    #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    #expect(verified.output.contains("continues the checkpoint of size \(try runs.oldSize)"), "\(verified.output)")
    let proof = try runs.user.sallyport("log", "prove", "--since", old)
    #expect(proof.code == 0, "\(proof.errors)")
    let checkpoint = try TextFile.read("\(runs.ledger)/checkpoint")
    #expect(proof.output.hasPrefix("old \(try runs.oldSize)\n"), "\(proof.output)")
    #expect(proof.output.hasSuffix("\n\n\(checkpoint)"), "\(proof.output)")
    #expect(try runs.user.sallyport("log", "prove", "--since", old, "--output", "since").code == 0)
    #expect(try TextFile.read("\(runs.user.project)/since") == proof.output)
    #expect(access("\(runs.user.project)/since.entry", F_OK) != 0)

    let other = try TwoRuns()
    for (file, options) in [
      ("\(other.ledger)/checkpoint", []), ("\(runs.ledger)/checkpoint", ["--ledger", "\(runs.old)/ledger"]),
    ] {
      for question in ["verify", "prove"] {
        let outcome = try runs.user.sallyport(["log", question, "--since", file] + options)
        #expect(outcome.code == 74, "\(question): \(outcome.output)\(outcome.errors)")
      }
    }
    #expect(try runs.user.sallyport("log", "verify", "--since", "nowhere").code == 66)
    #expect(try runs.user.sallyport("log", "prove").code == 64)
    #expect(try runs.user.sallyport("log", "prove", "1", "--since", old).code == 64)
  }

  @Test("a proof file is checked with nothing but the key")
  func proof() throws {
    let runs = try TwoRuns()
    #expect(try runs.user.sallyport("log", "prove", "1", "--output", "proof").code == 0)
    let auditor = try User()
    for file in ["proof", "proof.entry"] { try runs.shell("cp '\(runs.user.project)/\(file)' '\(auditor.project)/'") }
    let key = try runs.key
    let outcome = try auditor.sallyport("log", "verify", "--proof", "proof", "--key", key)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("entry 1"), "\(outcome.output)")
    #expect(outcome.output.contains("with the pinned key"), "\(outcome.output)")
    let json = try auditor.sallyport("log", "verify", "--proof", "proof", "--key", key, "--json").output
    #expect(try JSONParser.parse(json)["verifies"]?.bool == true)
    #expect(try JSONParser.parse(json)["index"]?.integer == 1)
    try runs.shell("mv '\(auditor.project)/proof.entry' '\(auditor.project)/e'")
    let named = ["log", "verify", "--proof", "proof", "--entry", "e", "--key"]
    #expect(try auditor.sallyport(named + [key]).code == 0)
    #expect(try auditor.sallyport(named + [TwoRuns().key]).code == 74)
    #expect(try auditor.sallyport("log", "verify", "--proof", "proof", "--key", key).code == 66)
    #expect(try auditor.sallyport("log", "verify", "--proof", "nowhere", "--key", key).code == 66)
    #expect(try auditor.sallyport("log", "verify", "--proof", "proof", "--entry", "e").code == 64)
    try runs.flip("\(auditor.project)/e", at: 3)
    #expect(try auditor.sallyport(named + [key]).code == 74)
    try runs.flip("\(auditor.project)/e", at: 3)
    try runs.flip("\(auditor.project)/proof", at: 3)
    #expect(try auditor.sallyport(named + [key]).code == 74)
  }

  @Test("the help of prove says what is written")
  func proveHelp() throws {
    let help = try User().sallyport("log", "prove", "--help").output
    #expect(help.contains("FILE.entry"), "\(help)")
    #expect(!help.contains("written beside the proof"), "\(help)")
  }

  @Test(
    "a verifier that shares no code with us agrees about a run's ledger, its export, its proofs and a roll-back",
    .enabled(if: TwoRuns.hasChecker, "python3 with the package 'cryptography' is not here"))
  func independent() throws {
    let runs = try TwoRuns()
    let (key, copy, project) = (try runs.key, try runs.export(), runs.user.project)
    let old = "--old '\(runs.old)/ledger/checkpoint'"
    #expect(try runs.user.sallyport("log", "prove", "2", "--output", "proof").code == 0)
    #expect(
      try runs.user.sallyport("log", "prove", "--since", "\(runs.old)/ledger/checkpoint", "-o", "since").code == 0)
    try runs.shell("sed '1d;/^$/,$d' '\(project)/since' > '\(project)/hashes'")
    let good = [
      "--ledger '\(runs.ledger)' \(old)", "--export '\(copy)' \(old)",
      "--proof '\(project)/proof' '\(project)/proof.entry'",
      "\(old) --new '\(runs.ledger)/checkpoint' --consistency '\(project)/hashes'",
    ]
    for arguments in good {
      let outcome = try runs.independently(key, arguments)
      #expect(outcome.code == 0, "\(arguments): \(outcome.output)")
    }
    try runs.shell("cp '\(runs.ledger)/checkpoint' '\(runs.user.root)/newest'")
    try runs.shell("rm -r '\(runs.ledger)' && cp -a '\(runs.old)/ledger' '\(runs.state)/'")
    let back = try runs.independently(key, "--ledger '\(runs.ledger)' --old '\(runs.user.root)/newest'")
    #expect(back.code == 1)
    #expect(back.output.contains("rolled back"), "\(back.output)")
  }
}
