internal import Testing

@testable internal import Run

@Suite("Placeholders for credentials")
struct CredentialPlaceholdersTests {
  private let place: Place

  init() throws { place = try Place() }

  private func placeholders(
    _ environment: [String: String] = [:], secrets: [String] = [], seed: UInt64 = 1
  ) throws -> CredentialPlaceholders {
    let policy = try place.file("policy.yaml", "version: 1\nposture: control\n")
    let outside = environment.merging(["HOME": place.root, "PATH": "/usr/bin:/bin"]) { given, _ in given }
    let settings = try RunSettings(
      RunOptions(command: ["/bin/sh"], policyFile: policy, secrets: secrets), environment: outside)
    var random = SeededGenerator(seed: seed)
    return try CredentialPlaceholders(settings, random: &random)
  }

  @Test("a known credential keeps its length and its prefix, and nothing else", arguments: [40, 95, 108, 300])
  func known(length: Int) throws {
    let value = "sk-ant-api03-" + String(repeating: "v", count: length - 13)
    let inside = try #require(try placeholders(["ANTHROPIC_API_KEY": value]).environment["ANTHROPIC_API_KEY"])
    #expect(inside.utf8.count == value.utf8.count)
    #expect(inside.hasPrefix("sk-ant-api03-"))
    #expect(!inside.contains("vvvvvvvv"))
  }

  @Test("a value too short to hide in gets a placeholder of the documented length")
  func short() throws {
    let inside = try #require(try placeholders(["ANTHROPIC_API_KEY": "x"]).environment["ANTHROPIC_API_KEY"])
    #expect(inside.utf8.count == 13 + 95)
  }

  @Test("a credential of the user's own has a placeholder as long as it, and at least 24 characters")
  func own() throws {
    let long = String(repeating: "w", count: 61)
    let made = try placeholders(
      ["MY_TOKEN": long, "MY_PIN": "1234"], secrets: ["MY_TOKEN@api.example.com", "MY_PIN@api.example.com"])
    #expect(made.environment["MY_TOKEN"]?.utf8.count == 61)
    #expect(made.environment["MY_TOKEN"]?.contains("wwww") == false)
    #expect(made.environment["MY_PIN"]?.utf8.count == 24)
  }

  @Test("a variable that is empty or not set has no placeholder")
  func unset() throws {
    #expect(try placeholders(["ANTHROPIC_API_KEY": ""]).environment.isEmpty)
    #expect(try placeholders().environment.isEmpty)
  }

  @Test("placeholders differ from run to run")
  func random() throws {
    let environment = ["OPENAI_API_KEY": "sk-proj-" + String(repeating: "v", count: 80)]
    let (one, other) = (try placeholders(environment, seed: 1), try placeholders(environment, seed: 2))
    #expect(one.environment["OPENAI_API_KEY"] != other.environment["OPENAI_API_KEY"])
  }

  @Test("one variable for two hosts has one placeholder and one entry")
  func hosts() throws {
    let made = try placeholders(
      ["MY_TOKEN": "0123456789abcdef"], secrets: ["MY_TOKEN@a.example.com", "MY_TOKEN@b.example.com"])
    #expect(made.entries.count == 1)
    #expect(made.environment.count == 1)
  }

  @Test(
    "what is not NAME@HOST is the user's mistake, and the message holds no value",
    arguments: ["MY_TOKEN", "MY_TOKEN@", "@api.example.com", "@", "", "MY_TOKEN@a b", "OTHER@api.example.com"])
  func wrong(text: String) throws {
    let error = #expect(throws: RunError.self) { try placeholders(["MY_TOKEN": "the-real-value"], secrets: [text]) }
    #expect(error?.code == .usage)
    #expect(error?.place == "--secret")
    #expect(error?.description.contains("the-real-value") == false)
  }
}
