internal import Testing

@testable internal import Catalog

@Suite("Where an agent's release stands")
struct VersionTests {
  @Test(
    "a version is a version and nothing more",
    arguments: [
      ("2.1.63", "2.1.63"), ("v2.1.63", "2.1.63"), ("1.0.post1+local", "1.0.post1+local"), ("1!2.0", "1!2.0"),
      ("2025.08.15-dbc8d73", "2025.08.15-dbc8d73"), ("", nil), ("v", nil), ("latest", nil), ("1.0 ", nil),
      ("1.0\u{1b}[31m", nil), ("1.0\n2.0", nil), ("٣.0", nil), ("1.0é", nil),
      (String(repeating: "1", count: 64), String(repeating: "1", count: 64)),
      (String(repeating: "1", count: 65), nil),
    ] as [(String, String?)])
  func text(text: String, version: String?) {
    #expect(VersionText.whole(text) == version)
  }

  @Test(
    "a pattern holds {version} once, with something before it and nothing of a version's own behind it",
    arguments: [
      ("{version}", false), ("a/{version}", true), ("a/{version}/{version}", false), ("a/b", false),
      ("a/{version}-linux", false), ("a/{version}/bin", true), ("a/{version} ", true),
    ])
  func pattern(text: String, isGood: Bool) {
    #expect((VersionPattern(text) != nil) == isGood)
  }

  @Test(
    "a path gives the version of its own part",
    arguments: [
      ("/h/.local/share/t/versions/2.1.63", "2.1.63"), ("/h/.local/share/t/versions/2.1.63/bin/t", "2.1.63"),
      ("/h/.local/share/t/versions/latest", nil), ("/h/.local/share/t/versions/", nil),
      ("/h/.local/share/t/versions/2.1.63 (copy)", nil), ("/other/.local/share/t/versions/2.1.63", nil),
      ("", nil), ("/h/.local/share/t/versions/2.1\u{0301}", nil),
    ] as [(String, String?)])
  func path(path: String, version: String?) throws {
    let pattern = try #require(VersionPattern("~/.local/share/t/versions/{version}"))
    #expect(pattern.version(inPath: path, home: "/h") == version)
  }

  @Test("a home whose letters are composed otherwise is another path")
  func composed() throws {
    let pattern = try #require(VersionPattern("~/t/{version}"))
    #expect(pattern.version(inPath: "/h\u{e9}/t/1", home: "/he\u{301}") == nil)
    #expect(pattern.version(inPath: "/he\u{301}/t/1", home: "/h\u{e9}") == nil)
  }

  @Test(
    "a product is found where it stands for itself",
    arguments: [
      ("tool-cli/2.1.329 (external, sdk-cli)", "2.1.329"), ("sdk/1.0 tool-cli/3.0", "3.0"),
      ("mistral-client-python/tool-cli/2.0", "2.0"), ("my-tool-cli/2.0", nil), ("tool-cli/", nil),
      ("tool-cli", nil), ("tool-cli/dev tool-cli/4", "4"), ("Tool-CLI/2", nil), ("", nil),
      ("tool-cli/" + String(repeating: "9", count: 65), nil),
    ] as [(String, String?)])
  func product(text: String, version: String?) throws {
    #expect(try #require(VersionPattern("tool-cli/{version}")).version(inProducts: text) == version)
  }

  @Test(
    "what is wrong with a place is said",
    arguments: [
      ("{source: wire}", "no place"), ("{npm: a, python: b, source: wire}", "several places: npm, python"),
      ("{path: 'a/{version}', source: wire}", "a path that begins with / or ~/"),
      ("{path: '/a/../{version}', source: wire}", "a path that begins with / or ~/"),
      ("{path: /a/b, source: wire}", "{version} once"), ("{user-agent: tool, source: wire}", "tool-cli/{version}"),
      ("{npm: a}", "source"), ("{cargo: a, source: wire}", "cargo"),
    ])
  func mistakes(entry: String, message: String) throws {
    let agent = CatalogLoadingTests.agent + "\nversion:\n  - \(entry)\n"
    let directory = try CatalogLoadingTests.Directory([
      "vendors/acme.yaml": CatalogLoadingTests.vendor, "agents/acme-code.yaml": agent,
    ])
    let error = #expect(throws: CatalogError.self) { _ = try Knowledge.load(from: [directory.path]) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("the bundled agents know their own clients and nobody else's")
  func bundled() throws {
    let knowledge = try Bundled.knowledge.get()
    let claim = { knowledge.claimedVersion(userAgent: $0, by: $1) }
    #expect(claim("claude-cli/2.1.329 (external, sdk-cli)", "claude-code") == "2.1.329")
    #expect(claim("codex_cli_rs/0.163.0 (Debian 12.0.0; x86_64) xterm", "codex") == "0.163.0")
    #expect(claim("mistral-client-python/Mistral-Vibe/3.0.2", "mistral-vibe") == "3.0.2")
    #expect(claim("GeminiCLI/0.9.0/gemini-2.5-pro (linux; x64)", "gemini-cli") == "0.9.0")
    #expect(claim("claude-cli/2.1.329", "codex") == nil)
    #expect(claim("curl/8.5.0", "claude-code") == nil)
    #expect(claim("claude-cli/2.1.329", "unknown") == nil)
    #expect(claim("claude-cli/2.1.329", "claude") == nil)
  }
}
