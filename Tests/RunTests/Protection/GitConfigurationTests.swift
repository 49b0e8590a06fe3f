internal import Glibc
internal import Policy
internal import Testing

@testable internal import Run

@Suite struct GitConfigurationTests {
  @Test(
    "what git itself writes starts nothing",
    arguments: [
      "", "# nothing\n", "\u{feff}[core]\r\n\tbare = false\r\n",
      "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n[remote \"origin\"]\n\turl = git@example.test:a/b.git\n",
      "[submodule \"a b\"]\n\tactive = true\n\turl = https://example.test/x\n[core]\n\tworktree = ../../../a\n",
      "[user]\n\tname = \"A. \\\"B\\\" C\" ; comment\n", "[branch \"x\"] merge = refs/heads/x",
    ])
  func inert(_ text: String) { #expect(GitConfiguration(text).isInert) }

  @Test(
    "what git would take for a variable that starts something is one, however it is written",
    arguments: [
      "[core]\n\tfsmonitor = evil\n", "[core] fsmonitor = evil ; ]\n", "[core]fsmonitor=evil]\n",
      "[CORE \"\"]\n[Core]\n\tHooksPath = x # ]\n", "[core]\rsshCommand = evil\r]\n",
      "[remote \"x\"]\n\turl = ext::sh\n", "[remote \"x\"]\n\turl = ext:\":\"sh\n",
      "[remote \"x\"]\n\turl = ext:\\\n:sh\n",
      "[remote \"x\"]\n\turl = \"\"-oProxyCommand=evil\n", "[core]\n\tworktree = \"\"/etc\n",
      "[include]\n\tpath = x\n", "[user]\n\tname = \"a\n", "[core]\n\tbare = \\a\n", "[core]\n\tbare = a\0\n",
      "[core\n",
      "x = 1\n",
    ])
  func startsSomething(_ text: String) { #expect(!GitConfiguration(text).isInert) }

  @Test("variables are those that git reads")
  func asGit() throws {
    let place = try Place()
    try #require(system("git --version >/dev/null") == 0, "git is not installed")
    for (number, text) in Self.odd.enumerated() {
      let reader = GitConfigurationReader(Array(text.utf8))
      let file = try place.file("\(number)", text)
      let (status, output) = try variables(of: file)
      #expect((status == 0) == reader.isWhole, "\(text)")
      guard status == 0 else { continue }
      let known = output.split(separator: 0).map { entry -> String in
        let parts = entry.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
        return
          "\(String(decoding: name[0], as: UTF8.self)).\(String(decoding: name.last ?? [], as: UTF8.self))=\(value)"
      }
      #expect(known == reader.variables.map { "\($0.section).\($0.key)=\($0.text)" }, "\(text)")
    }
  }

  private func variables(of file: String) throws -> (status: CInt, output: [UInt8]) {
    let pipe = try #require(popen("git config --no-includes --list -z --file '\(file)' 2>/dev/null", "r"))
    var output: [UInt8] = []
    while case let byte = getc(pipe), byte != EOF { output.append(UInt8(truncatingIfNeeded: byte)) }
    return (pclose(pipe), output)
  }

  private static let odd = [
    "[a]\nb = c d  # e\n", "[a]b=c]\n", "[a] b = \" x \"y;z\n", "[a \"b\\\"]\"] c=d\n", "[a.b]c\n",
    "[a]\nb = \\\n  c\n",
    "[a]\n\tb\t=\t\"\\t\\n\\\"\"\r\n", "[a]\nb c = d\n", "[a]\n1b = c\n", "[a]\nb = \"c\n", "[a b]\n", "[a \"b\"c]\n",
    "[a_b]\n", "[a]\nb = c\\d\n", "[a]\nb = c \"\" \n", "[a]\nB-2=d", "[a]\n;b=c\n#d=e\n f=g", "[a]\nb=c\\",
    "\u{feff}[a]\nb=c\u{2028}d\u{85}e\n",
  ]

  @Test("hooks are found where a repository's configuration has them, in itself or in another directory")
  func hooks() throws {
    let place = try Place()
    // Letters of more than one byte.
    try place.file("wörk/é/.git/config", "[core]\n\thooksPath = tools/hooks\n[include]\n\tpath = ../shared\n")
    try place.file("other/.git/config", "[core]\n\thooksPath = \(place.root)/wörk/é/more\n")
    let (work, other, home) = (place.path("wörk/é"), place.path("other"), place.path("home"))
    #expect(GitConfiguration.hookPlaces(in: work, of: [work], home: home) == ["shared", "tools/hooks"])
    #expect(GitConfiguration.hookPlaces(in: work, of: [work, other], home: home) == ["more", "shared", "tools/hooks"])
    #expect(GitConfiguration.hookPlaces(in: other, of: [work, other], home: home) == [])
  }

  @Test("a link of a working tree leads where git would go")
  func link() {
    let directory = TreePath(bytes: Array("sub".utf8))
    func leads(_ text: String) -> Bool {
      GitPlaces.leadsToKnown(text, from: directory, workspace: "/w") { $0.text == ".git" }
    }
    #expect(leads("gitdir: ../.git/modules/sub\n"))
    #expect(leads("gitdir: /w/.git/worktrees/sub"))
    #expect(!leads("gitdir: ../.git/modules/sub\n/../../../evil\n"))
    #expect(!leads("\ngitdir: ../.git/modules/sub\n"))
    #expect(!leads("gitdir: link/../../.git/modules/sub\n"))
    #expect(!leads("gitdir: /w2/.git/worktrees/sub\n"))
    #expect(!leads("gitdir: x/\u{301}y/../../.git/modules/sub\n"))
  }

  @Test("a working tree may have its repository in another directory of the run, and nowhere else")
  func linkToAnotherDirectory() {
    let tree = ProtectedFiles(workspace: "/src/trees")
    var other = ProtectedFiles(workspace: "/src/app")
    other.repositories = [TreePath(bytes: Array(".git".utf8))]
    func isInert(_ text: String) -> Bool {
      let path = TreePath(bytes: Array("w/.git".utf8))
      let state = ProtectedState(group: .git, action: .deny, permissions: 0o644, content: .file(Array(text.utf8)))
      return GitPlaces.isInert(path, state, before: tree, after: tree, beside: [other])
    }
    #expect(isInert("gitdir: /src/app/.git/worktrees/w\n"))
    #expect(isInert("gitdir: ../../app/.git/worktrees/w\n"))
    #expect(!isInert("gitdir: ../../app2/.git/worktrees/w\n"))
    #expect(!isInert("gitdir: ../app/.git/worktrees/w\n"))
    #expect(!isInert("gitdir: ../../app/src/worktrees/w\n"))
    #expect(!isInert("gitdir: ../../app/../evil/.git/worktrees/w\n"))
    #expect(!isInert("gitdir: ../../../../../../tmp/.git/worktrees/w\n"))
    #expect(!isInert("gitdir: /src/app/.git\n"))
  }

  @Test("a file of attributes says nothing where it has comments at most")
  func attributes() {
    #expect(GitPlaces.hasNoAttributes("# a\n\n \t\r\n"))
    #expect(!GitPlaces.hasNoAttributes("# a\n;x filter=evil\n"))
  }
}
