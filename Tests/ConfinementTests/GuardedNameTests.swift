internal import Testing

@testable internal import Confinement

@Suite("Guarded names")
struct GuardedNameTests {
  private func covers(_ pattern: String, _ path: String) -> Bool {
    GuardedName(pattern).covers(path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0)[...] })
  }

  private func rest(_ pattern: String, _ path: String) -> [String] {
    GuardedName(pattern).rest(below: path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0)[...] })
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("two stars cross all directories, and none of those that are excepted")
  func directories() {
    #expect(covers("**/.npmrc", "node_modules/x/.npmrc"))
    #expect(!covers("**!node_modules,venv/.npmrc", "node_modules/x/.npmrc"))
    #expect(!covers("**!node_modules,venv/.npmrc", "a/venv/.npmrc"))
    #expect(covers("**!node_modules,venv/.npmrc", "a/b/.npmrc"))
    #expect(covers("**!node_modules,venv/.npmrc", ".npmrc"))
    #expect(covers("**!node_modules/.idea", ".idea/node_modules/x"), "it lies in the place, not the place in it")
  }

  @Test("what is left below a directory, but for one that is excepted")
  func below() {
    #expect(rest("**/.vscode/tasks.json", "a/.vscode") == ["tasks.json"])
    #expect(rest("**!node_modules/.vscode/tasks.json", "a/.vscode") == ["tasks.json"])
    #expect(rest("**!node_modules/.vscode/tasks.json", "node_modules/a/.vscode") == [])
  }
}
