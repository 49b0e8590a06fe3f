internal import Patterns
internal import Testing

@Suite("Rules of .gitignore")
struct IgnoreRulesTests {
  private static let rules = IgnoreRules().adding(
    "# made\n*.log\n!keep.log\n/build/\ndocs/*.pdf\n*.py[co]\n[Tt]emp/\n\\#odd\ntrailing \n**/cache/**\r\n", depth: 0)

  @Test(
    "the last one that matches decides",
    arguments: [
      ("a.log", true), ("sub/a.log", true), ("keep.log", false), ("sub/keep.log", false), ("docs/a.pdf", true),
      ("docs/sub/a.pdf", false), ("x.pyc", true), ("x.pyo", true), ("x.py", false), ("#odd", true), ("trailing", true),
      ("# made", false), ("x/cache/y", true), ("build", false),
    ])
  func files(_ path: String, isLeftOut: Bool) {
    #expect(Self.rules.leavesOut(path.split(separator: "/").map(String.init), isFolder: false) == isLeftOut)
  }

  @Test(
    "a slash at the end is for folders",
    arguments: [("build", true), ("sub/build", false), ("Temp", true), ("x", false)])
  func folders(_ path: String, isLeftOut: Bool) {
    #expect(Self.rules.leavesOut(path.split(separator: "/").map(String.init), isFolder: true) == isLeftOut)
  }

  @Test("rules of a folder count from there, after those above")
  func nested() {
    let rules = Self.rules.adding("!a.log\n/only\n", depth: 1)
    #expect(!rules.leavesOut(["sub", "a.log"], isFolder: false))
    #expect(rules.leavesOut(["sub", "only"], isFolder: false))
    #expect(!rules.leavesOut(["sub", "deep", "only"], isFolder: false))
    #expect(!rules.leavesOut(["only"], isFolder: false))
  }

  @Test("what cannot be read leaves nothing out")
  func unreadable() {
    let rules = IgnoreRules().adding(
      "[!a]x\n[a-\n/\n[abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123]y\n", depth: 0)
    #expect(!rules.leavesOut(["bx"], isFolder: false) && !rules.leavesOut(["ay"], isFolder: false))
  }
}
