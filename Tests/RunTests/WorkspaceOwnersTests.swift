internal import Glibc
internal import Policy
internal import Testing

@testable internal import Run

@Suite("Whose the files of a workspace are")
struct WorkspaceOwnersTests {
  private let place: Place
  private let policy: PolicyDocument

  init() throws {
    place = try Place()
    let yaml = "version: 1\nrules:\n  - {name: theirs, when: {owners: '@a/b'}, then: block}\n"
    policy = try PolicyDocument.parse(yaml, file: "p.yaml").get()
  }

  @Test("the first CODEOWNERS in the order of the services is read")
  func first() throws {
    try place.file("docs/CODEOWNERS", "* @docs\n")
    try place.file("CODEOWNERS", "* @top\n")
    #expect(try applied().codeOwners?.owners(of: "a") == ["@top"])
    try place.file(".github/CODEOWNERS", "* @hub\n")
    #expect(try applied().codeOwners?.owners(of: "a") == ["@hub"])
    #expect(try applied().codeOwners?.file == place.path(".github/CODEOWNERS"))
  }

  @Test("a workspace without one has files of nobody")
  func none() throws {
    #expect(try applied().codeOwners == CodeOwners.none)
  }

  @Test("a policy that asks for no owner reads nothing")
  func unasked() throws {
    try place.file("CODEOWNERS", "!!\n")
    let plain = PolicyDocument.builtIn(.control)
    #expect(try WorkspaceOwners.applied(to: plain, in: place.root).codeOwners == nil)
  }

  @Test("a line that cannot be used refuses the run with its place, and names the rule that needs it")
  func wrongLine() throws {
    try place.file("CODEOWNERS", "* @a\nx[0] @a\n")
    let error = try #require(throws: RunError.self) { try applied() }
    #expect(error.code == .configuration)
    #expect(error.description.contains("\(place.path("CODEOWNERS")):2: 'x[0]'"))
    #expect(error.description.contains("'theirs' (p.yaml:3)"))
  }

  @Test("one that cannot be read refuses the run, whatever it is", arguments: ["directory", "pipe", "bytes", "loop"])
  func unreadable(kind: String) throws {
    switch kind {
    case "directory": place.directory("CODEOWNERS")
    case "pipe": try #require(mkfifo(place.path("CODEOWNERS"), 0o600) == 0)
    case "bytes": _ = system("printf '* @\\377\\n' > '\(place.path("CODEOWNERS"))'")
    default: try place.link("CODEOWNERS", to: "CODEOWNERS")
    }
    let error = try #require(throws: RunError.self) { try applied() }
    #expect(error.code == .configuration)
    #expect(error.place == place.path("CODEOWNERS"))
  }

  private func applied() throws -> PolicyDocument { try WorkspaceOwners.applied(to: policy, in: place.root) }
}
