internal import Documents
internal import Policy
internal import Testing

@Suite struct CodeOwnersTests {
  private func owners(_ text: String) throws -> CodeOwners { try CodeOwners.parse(text, file: "CODEOWNERS").get() }

  private func problems(_ text: String) -> [String] {
    guard case .failure(let errors) = CodeOwners.parse(text, file: "CODEOWNERS") else { return [] }
    return errors.problems.map(\.description)
  }

  /// The example of GitHub's page "About code owners".
  private static let documented = """
    # This is a comment.
    *       @global-owner1 @global-owner2
    *.js    @js-owner #This is an inline comment.
    *.go docs@example.com
    *.txt @octo-org/octocats
    /build/logs/ @doctocat
    docs/* docs@example.com
    apps/ @octocat
    /docs/ @doctocat
    /scripts/ @doctocat @octocat
    **/logs @octocat
    /apps/ @octocat
    /apps/github
    """

  @Test("GitHub's own example is read as its page says")
  func documentedExample() throws {
    let owners = try owners(Self.documented)
    #expect(owners.owners(of: "a.rs") == ["@global-owner1", "@global-owner2"])
    #expect(owners.owners(of: "src/a.js") == ["@js-owner"])
    #expect(owners.owners(of: "src/a.go") == ["docs@example.com"])
    #expect(owners.owners(of: "a.txt") == ["@octo-org/octocats"])
    #expect(owners.owners(of: "docs/getting-started.md") == ["@doctocat"])
    #expect(owners.owners(of: "x/docs/deep/b.md") == ["@global-owner1", "@global-owner2"])
    #expect(owners.owners(of: "scripts/a") == ["@doctocat", "@octocat"])
    #expect(owners.owners(of: "deeply/nested/logs/a") == ["@octocat"])
    #expect(owners.owners(of: "apps/a") == ["@octocat"])
    #expect(owners.owners(of: "apps/github") == [])
    #expect(owners.owners(of: "apps/github/b.js") == [])
  }

  @Test("the last line that matches decides, whoever owned the path before")
  func lastWins() throws {
    let owners = try owners("/a/b/ @One\n*.c @two\n")
    #expect(owners.owners(of: "a/b/x.c") == ["@two"])
    #expect(owners.owners(of: "a/b/x.h") == ["@one"])
    #expect(owners.owners(of: "x.h") == [])
  }

  @Test("each of GitLab's sections decides for itself, with its default owners")
  func sections() throws {
    let owners = try owners(
      """
      * @all
      [Documentation][2] @docs-team docs@example.com
      docs/
      README.md @writer
      ^[Database] @@maintainer
      *.sql
      [documentation]
      docs/internal
      """)
    #expect(owners.owners(of: "docs/a") == ["@all", "@docs-team", "docs@example.com"])
    #expect(owners.owners(of: "README.md") == ["@all", "@writer"])
    #expect(owners.owners(of: "docs/a.sql") == ["@all", "@docs-team", "docs@example.com", "@@maintainer"])
    #expect(owners.owners(of: "docs/internal/a") == ["@all"])
  }

  @Test("line ends of Windows, a byte order mark and escaped spaces are read")
  func odds() throws {
    let owners = try owners("\u{FEFF}# c\r\n/with\\ space/ @a\r\n\\#hash @b\r\n")
    #expect(owners.owners(of: "with space/x") == ["@a"])
    #expect(owners.owners(of: "#hash") == ["@b"])
  }

  @Test("what a service would skip is a problem with its line")
  func badLines() {
    #expect(
      problems("* @a\n!x @a\nfile[0-9] @a\n*.c someone\na//b @x\n[ab].c @x\n* @a@b@c\n")
        == [
          "CODEOWNERS:2: '!x': expected a pattern without '!'",
          "CODEOWNERS:3: 'file[0-9]': expected a pattern such as *.js, /docs/ or src/**/test, of at most 512 bytes and without ranges in [ ]",
          "CODEOWNERS:4: 'someone': expected an owner such as @someone, @example/security-team or someone@example.com",
          "CODEOWNERS:5: 'a//b': expected a pattern such as *.js, /docs/ or src/**/test, of at most 512 bytes and without ranges in [ ]",
          "CODEOWNERS:6: '[ab].c': expected a pattern such as *.js, /docs/ or src/**/test, of at most 512 bytes and without ranges in [ ]",
          "CODEOWNERS:7: '@a@b@c': expected an owner such as @someone, @example/security-team or someone@example.com",
        ])
  }

  @Test("too much of anything is a problem, not a wait")
  func bounded() throws {
    #expect(!problems("* " + String(repeating: "@a ", count: 200)).isEmpty)
    #expect(!problems(String(repeating: "\n", count: 60_000)).isEmpty)
    #expect(!problems(String(repeating: "x", count: 4 << 20)).isEmpty)
    #expect(!problems((0..<2000).map { "[s\($0)]\n" }.joined()).isEmpty)
    #expect(!problems("* @" + String(repeating: "a", count: 400)).isEmpty)
  }

  @Test("a file made to be slow gives no answer instead of a late one")
  func slow() throws {
    let owners = try owners(String(repeating: String(repeating: "*a", count: 100) + "b @x\n", count: 10_000))
    let path = String(repeating: String(repeating: "a", count: 250) + "/", count: 16)
    let duration = ContinuousClock().measure { #expect(owners.owners(of: path) == nil) }
    #expect(duration < .seconds(5))
  }

  @Test("no bytes make the reader crash")
  func garbage() {
    var source = SeededGenerator(seed: 4)
    let good = Array(Self.documented.utf8)
    for _ in 0..<2000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...12, using: &source) {
        let position = Int.random(in: 0..<bytes.count, using: &source)
        bytes[position] = [UInt8]("[]^\\#@!*?/ ".utf8 + [0, 0xff, 0xc3, 9, 10, 13]).randomElement(using: &source) ?? 0
      }
      if case .success(let owners) = CodeOwners.parse(String(decoding: bytes, as: UTF8.self), file: "c") {
        _ = owners.owners(of: "docs/a b/x.js")
      }
    }
  }
}
