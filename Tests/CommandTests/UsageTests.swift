internal import Evidence
internal import Testing

@Suite("What the command says of itself", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct UsageTests {
  @Test(
    "the help of every command shows examples",
    arguments: [
      [], ["run"], ["observe"], ["init"], ["doctor"], ["policy"], ["policy", "check"], ["policy", "explain"],
      ["policy", "show"],
      ["log"], ["log", "verify"],
      ["log", "show"], ["log", "prove"], ["log", "export"], ["log", "accept-fork"],
    ])
  func examples(command: [String]) throws {
    let outcome = try User().sallyport(command + ["--help"])
    #expect(outcome.code == 0)
    let examples = outcome.output.split(separator: "EXAMPLES\n").last?.split(separator: "USAGE:").first ?? ""
    #expect(examples.contains((["sallyport"] + command).joined(separator: " ") + " "))
  }

  private static let commands = [
    [], ["run"], ["observe"], ["watch"], ["runs"], ["runs", "list"], ["runs", "diff"], ["report"], ["init"], ["doctor"],
    ["policy"], ["policy", "check"], ["policy", "explain"], ["policy", "show"], ["log"], ["log", "verify"],
    ["log", "show"], ["log", "prove"], ["log", "export"], ["log", "accept-fork"], ["verify"], ["changes"],
    ["changes", "list"], ["changes", "show"], ["changes", "apply"], ["changes", "discard"],
  ]

  @Test("help fits 80 columns where there is no terminal, and flows to the width of one", arguments: commands)
  func width(command: [String]) throws {
    for columns in [nil, "100"] {
      let user = try User { _ in columns.map { ["COLUMNS": $0] } ?? [:] }
      let limit = columns.flatMap { Int($0) } ?? 80
      let lines = try user.sallyport(command + ["--help"]).output.split(
        separator: "\n", omittingEmptySubsequences: false)
      for (line, next) in zip(lines, lines.dropFirst()) {
        #expect(line.count <= limit, "\(line)")
        if line.hasPrefix(" ") {
          #expect(next.isEmpty || next.hasPrefix(" "), "an example or a row is cut: \(line)")
        }
        // Prose that could have gone on in its line.
        guard let first = line.first, let word = next.split(separator: " ").first, first != " ", !next.hasPrefix(" "),
          !line.hasSuffix(":"), line != line.uppercased()
        else { continue }
        #expect(line.count + 1 + word.count >= limit, "\(line)\n\(next)")
      }
    }
  }

  @Test("the version is three numbers on a line")
  func version() throws {
    let outcome = try User().sallyport("--version")
    #expect(outcome.code == 0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  /// Arguments, and what the message must name.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let named: String
    let usage: String

    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "a usage error exits with 64, names what is wrong and shows that command's usage",
    arguments: [
      Mistake(arguments: ["run"], named: "command", usage: "sallyport run"),
      Mistake(arguments: ["observe"], named: "command", usage: "sallyport observe"),
      Mistake(arguments: ["run", "--nope", "--", "true"], named: "--nope", usage: "sallyport run"),
      Mistake(arguments: ["log", "prove", "seven"], named: "seven", usage: "sallyport log prove"),
      Mistake(arguments: ["log", "show", "--limit=-1"], named: "--limit", usage: "sallyport log show"),
      Mistake(arguments: ["log", "show", "--verdict", "maybe"], named: "maybe", usage: "sallyport log show"),
      Mistake(arguments: ["runs", "--limit", "-1"], named: "from 1, not -1", usage: "sallyport runs"),
      Mistake(arguments: ["log", "show", "--limit", "-1"], named: "not -1", usage: "sallyport log show"),
      Mistake(arguments: ["init", "--posture", "lax"], named: "lax", usage: "sallyport init"),
      Mistake(arguments: ["policy", "show", "contorl"], named: "'control'", usage: "sallyport policy show"),
      Mistake(arguments: ["changes", "bogus"], named: "'bogus'", usage: "sallyport changes"),
      Mistake(arguments: ["log", "verfy"], named: "'verify'", usage: "sallyport log"),
      Mistake(arguments: ["policy", "explain", "--url", "x"], named: "'x'", usage: "sallyport policy explain"),
      Mistake(
        arguments: ["policy", "explain", "--url", "https://a.example/", "--finding", "gold"], named: "gold",
        usage: "sallyport policy explain"),
      Mistake(
        arguments: ["policy", "explain", "--url", "https://a.example/", "--bytes=-1"], named: "--bytes",
        usage: "sallyport policy explain"),
      Mistake(
        arguments: ["policy", "explain", "--url", "https://a.example/", "--sent-bytes=-1"], named: "--sent-bytes",
        usage: "sallyport policy explain"),
    ])
  func usage(mistake: Mistake) throws {
    let outcome = try User().sallyport(mistake.arguments)
    #expect(outcome.code == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(mistake.named))
    #expect(outcome.errors.contains("Usage: \(mistake.usage) "), "\(outcome.errors)")
  }

  @Test("doctor prints JSON with a state for every layer")
  func doctor() throws {
    let outcome = try User().sallyport("doctor", "--json")
    let report = try JSONParser.parse(outcome.output)
    let layers = try #require(report["layers"]?.array)
    #expect(!layers.isEmpty)
    #expect(layers.allSatisfy { $0["layer"]?.string != nil && $0["state"]?.string != nil })
    #expect([0, 69].contains(outcome.code))
  }

  /// A command that prints for people, and whether what it prints has anything worth a colour.
  @Test(
    "--color says whether what is for people is in colour, before NO_COLOR and terminals",
    arguments: [
      ["run", "--color", "MODE", "--", "/bin/true"], ["doctor", "--color", "MODE"],
      ["policy", "check", "--color", "MODE"], ["policy", "show", "--color", "MODE"], ["init", "--color", "MODE"],
      ["policy", "explain", "--color", "MODE", "--url", "https://a.example/"],
    ])
  func colour(command: [String]) throws {
    func hasColour(_ mode: String) throws -> Bool {
      let outcome = try User().sallyport(command.map { $0 == "MODE" ? mode : $0 })
      return (outcome.output + outcome.errors).contains("\u{1b}[")
    }
    #expect(try hasColour("always"))
    #expect(try !hasColour("never"))
    #expect(try !hasColour("auto"), "there is no terminal")
  }

  @Test("the commands that read the ledger colour what they print for people", arguments: ["show", "verify"])
  func colourOfLog(command: String) throws {
    let user = try User()
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    #expect(try user.sallyport("log", command, "--color", "always").output.contains("\u{1b}["))
    #expect(try !user.sallyport("log", command, "--color", "never").output.contains("\u{1b}["))
    #expect(try !user.sallyport("log", command, "--color=always", "--json").output.contains("\u{1b}["))
  }

  @Test("--color wants one of its three words")
  func wrongColour() throws {
    let outcome = try User().sallyport("doctor", "--color", "blue")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("auto") && outcome.errors.contains("always") && outcome.errors.contains("never"))
  }
}
