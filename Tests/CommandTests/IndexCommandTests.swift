internal import Evidence
internal import Testing

@Suite("sallyport index", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct IndexCommandTests {
  private static let code = (1...30).map { number in
    "def measure_\(number)(harbour, tide=\(number)):\n    return harbour.depth[\(number)] - tide * factor_\(number * 7)\n"
  }.joined()

  private static func user() throws -> User {
    let user = try User()
    user.arrange("mkdir -p shop/build && printf 'build/\\n' > shop/.gitignore")
    try TextFile.write(code, to: "\(user.root)/shop/tides.py")
    try TextFile.write(code, to: "\(user.root)/shop/build/tides.py")
    return user
  }

  @Test("what was indexed is found in what is piped in, and listed, until it is forgotten")
  func wholeWay() throws {
    let user = try Self.user()
    let indexed = try user.sallyport("index", "\(user.root)/shop", "--json")
    #expect(indexed.code == 0, "\(indexed.errors)")
    let root = try #require(try JSONParser.parse(indexed.output).array?.first)
    // With .gitignore itself; what it leaves out is left out.
    #expect(root["files"]?.integer == 2 && root["name"]?.string == "shop")

    try user.write("Please explain:\n\n" + Self.code, to: "prompt.md")
    let found = try user.sallyport("inspect", "--class", "proprietary", "--json", "prompt.md")
    #expect(found.code == 1)
    let finding = try #require(try JSONParser.parse(found.output)["findings"]?.array?.first)
    #expect(finding["detector"]?.string == "own-code" && finding["class"]?.string == "proprietary")
    #expect(finding["start"]?["line"]?.integer ?? 0 >= 3)

    let list = try user.sallyport("index", "--list")
    #expect(list.code == 0 && list.output.contains("shop"))
    #expect(try user.sallyport("index", "--forget", "\(user.root)/shop").code == 0)
    #expect(try user.sallyport("index", "--list").output == "Nothing is indexed yet.\n")
    let without = try user.sallyport("inspect", "--class", "proprietary", "prompt.md")
    #expect(without.code == 0)
    #expect(without.errors.contains("sallyport index"))
  }

  @Test("in the repository that was indexed nobody is told whose code it is, unless they ask")
  func ownRepository() throws {
    let user = try Self.user()
    #expect(try user.sallyport("index", "\(user.root)/shop").code == 0)
    #expect(try user.sallyport("inspect", "\(user.root)/shop").code == 0)
    #expect(try user.sallyport("inspect", "--class", "proprietary", "\(user.root)/shop").code == 1)
  }

  @Test("state that can only be read is read: what looks and lists needs no more, and who writes is told")
  func readOnly() throws {
    let user = try Self.user()
    #expect(try user.sallyport("index", "\(user.root)/shop").code == 0)
    try user.write("Please explain:\n\n" + Self.code, to: "prompt.md")
    #expect(try user.sallyport("inspect", "prompt.md").code == 1)
    func readingOnly(_ command: String) throws -> User.Outcome {
      try user.shell("bwrap --dev-bind / / --ro-bind '\(user.state)' '\(user.state)' \"$SALLYPORT\" \(command)")
    }
    #expect(try readingOnly("inspect --class proprietary prompt.md").code == 1)
    #expect(try readingOnly("index --list").output.contains("shop"))
    #expect(try readingOnly("canary list").code == 0)
    let refused = try readingOnly("index '\(user.root)/shop' --name other")
    #expect(refused.code == 73 && refused.errors.contains("Read-only file system"), "\(refused.errors)")
  }

  @Test("values of a table are found in what is inspected, rows more surely, until it is forgotten")
  func table() throws {
    let user = try User()
    try user.write("iban,last\nDE89370400440532013000,Achterberg\n", to: "customers.csv")
    let indexed = try user.sallyport(
      "index", "--table", "customers.csv", "--columns", "iban,last", "--name", "customers", "--json")
    #expect(indexed.code == 0, "\(indexed.errors)")
    let table = try #require(try JSONParser.parse(indexed.output).array?.first)
    #expect(table["rows"] == 1 && table["values"] == 2 && table["read"] == true && table["class"] == "personal")

    try user.write("Achterberg pays from DE89 3704 0044 0532 0130 00.\n", to: "prompt.md")
    let found = try user.sallyport("inspect", "--class", "personal", "--json", "prompt.md")
    #expect(found.code == 1)
    let findings = try JSONParser.parse(found.output)["findings"]?.array?.filter { $0["detector"] == "own-table" } ?? []
    #expect(findings.map { $0["grade"] } == ["block", "block"])
    #expect(findings.map { $0["start"]?["column"] } == [1, 22])
    #expect(findings.map { $0["table"]?["name"] } == ["customers", "customers"])
    let text = try user.sallyport("inspect", "prompt.md").output
    #expect(text.contains("1 row of your table customers"), "\(text)")
    // The account is the table's, and has no line of its own.
    #expect(text.split(separator: "\n").count == 3, "\(text)")
    let sarif = try user.sallyport("inspect", "--class", "personal", "--sarif", "prompt.md").output
    #expect(sarif.contains("Value of your own table customers"))
    let redacted = try user.sallyport("inspect", "--redact", "--class", "personal", "prompt.md")
    #expect(!redacted.output.contains("Achterberg") && !redacted.output.contains("3704"))

    #expect(try user.sallyport("index", "--list").output.contains("customers"))
    #expect(try user.sallyport("index", "--table", "customers.csv", "--columns", "mail").code == 65)
    #expect(try user.sallyport("index", "--forget", "customers").code == 0)
    #expect(try user.sallyport("index", "--list").output == "Nothing is indexed yet.\n")
    #expect(try user.sallyport("inspect", "--class", "personal", "prompt.md").code == 0)
    #expect(try user.sallyport("index", "--table", "nowhere.csv").code == 66)
    #expect(try user.sallyport("index", "--columns", "mail").code == 64)
  }

  @Test("a table of which nothing is kept is told, in every form", arguments: [[], ["--json"]])
  func emptyTable(options: [String]) throws {
    let user = try User()
    for (name, text, says) in [
      ("head.csv", "iban,last\n", "no row"), ("short.csv", "a,b\n1,2\n3,4\n", "no value of its 2 rows"),
    ] {
      try user.write(text, to: name)
      let outcome = try user.sallyport(["index", "--table", name] + options)
      #expect(outcome.code == 0 && outcome.errors.contains(says), "\(outcome.errors)")
    }
  }

  @Test("a damaged index is said, and what is whole is used")
  func damaged() throws {
    let user = try Self.user()
    #expect(try user.sallyport("index", "\(user.root)/shop").code == 0)
    user.arrange("for f in home/.local/state/sallyport/fingerprints/*; do echo x >> $f; done")
    let list = try user.sallyport("index", "--list")
    #expect(list.code == 65 && list.errors.contains("is damaged"))
    // Nobody takes what was not looked for for clean.
    try user.write("Nothing of ours.\n", to: "prompt.md")
    for arguments in [["prompt.md"], ["--class", "proprietary", "--json", "prompt.md"]] {
      let inspected = try user.sallyport(["inspect"] + arguments)
      #expect(inspected.code == 65 && inspected.errors.contains("is damaged"))
    }
    #expect(try user.sallyport("inspect", "--class", "credential", "prompt.md").code == 0)
    #expect(try user.sallyport("index", "\(user.root)/shop").code == 0)
    #expect(try user.sallyport("index", "--list").code == 0)
    #expect(try user.sallyport("inspect", "prompt.md").code == 0)
  }

  @Test("what is not there is said")
  func missing() throws {
    let user = try User()
    #expect(try user.sallyport("index", "nowhere").code == 66)
    #expect(try user.sallyport("index", "--forget", "nowhere").code == 66)
    #expect(try user.sallyport("index").code == 64)
  }
}
